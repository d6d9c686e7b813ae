import type { Log } from "../../model/log.ts";
import type { Picture, Read } from "../../model/read.ts";
import type { ScansSettings } from "../../model/settings/devices.ts";
import { whenAborted } from "../../model/when-aborted.ts";
import { DecoderThread } from "./decoder-thread.ts";
import { PictureRefused } from "./refused.ts";

export type DecoderSettings = ScansSettings["pictures"];

/** Finds the codes in pictures, away from the thread that everything else runs on. */
export type Decoder = {
	/**
	 * The codes in a picture, none being no failure. Pictures are decoded one after another in the order of the calls;
	 * one that fails or takes too long harms no other.
	 * @throws {PictureRefused} why there is no answer, at the latest a deadline for each picture in front and its own
	 * after the call; or the signal's reason as soon as it is aborted.
	 */
	decode(picture: Picture, signal?: AbortSignal): Promise<readonly Read[]>;
	/** Ends the thread; what waits is refused. Safe to call twice. */
	close(): Promise<void>;
};

/** Pictures that may wait. A person holds up one code at a time: more means that a device has gone mad. */
const mostWaiting = 8;

/** Begins the thread at once, so that the first picture does not wait for it. */
export function openDecoder(settings: DecoderSettings, log?: Log): Decoder {
	return new ThreadDecoder(settings, log);
}

class ThreadDecoder implements Decoder {
	readonly #settings: DecoderSettings;
	readonly #log: Log | undefined;
	#thread: DecoderThread;
	#waiting = 0;
	#closed = false;
	/** Settles when the picture before has been dealt with; never rejects. */
	#before: Promise<unknown> = Promise.resolve();

	constructor(settings: DecoderSettings, log: Log | undefined) {
		this.#settings = settings;
		this.#log = log;
		this.#thread = new DecoderThread(settings);
	}

	async decode(picture: Picture, signal?: AbortSignal): Promise<readonly Read[]> {
		signal?.throwIfAborted();
		const { mostBytes } = this.#settings;
		if (picture.bytes.length > mostBytes)
			throw new PictureRefused("too-large", "the picture has too many bytes");
		if (this.#waiting > mostWaiting) throw new PictureRefused("too-many", "too many pictures wait");
		this.#waiting += 1;
		const turn = this.#before.then(() => this.#run(picture, signal));
		this.#before = turn
			.catch(() => undefined)
			.finally(() => {
				this.#waiting -= 1;
			});
		return unlessAborted(turn, signal);
	}

	async close(): Promise<void> {
		this.#closed = true;
		await this.#thread.close();
	}

	async #run(picture: Picture, signal: AbortSignal | undefined): Promise<readonly Read[]> {
		if (this.#closed) throw new PictureRefused("closed", "the decoder is closed");
		signal?.throwIfAborted();
		if (!this.#thread.sound) this.#thread = new DecoderThread(this.#settings);
		try {
			return await this.#thread.decode(picture, this.#settings.deadlineMs);
		} catch (error) {
			if (this.#closed) throw new PictureRefused("closed", "the decoder is closed");
			const { why, detail } = error as PictureRefused;
			this.#log?.warn(
				{ why, detail, form: picture.form, bytes: picture.bytes.length },
				"a picture was not decoded",
			);
			throw error;
		} finally {
			// The next picture finds a thread that is ready, or nearly.
			if (!this.#closed && !this.#thread.sound) this.#thread = new DecoderThread(this.#settings);
		}
	}
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (signal === undefined) return work;
	const aborted = Promise.withResolvers<never>();
	const deafen = whenAborted([signal], ({ reason }) => aborted.reject(reason));
	try {
		return await Promise.race([work, aborted.promise]);
	} finally {
		deafen();
	}
}
