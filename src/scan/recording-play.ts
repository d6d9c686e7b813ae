import { map, Observable } from "rxjs";
import type { Framing, PictureShipping, ScannerDriver } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import type { Discarded, Picture } from "../model/read.ts";
import { heard$ } from "./heard.ts";
import { type Identified, identify } from "./identify.ts";
import type { Ear } from "./reads.ts";
import type { Piece, Recording } from "./recording.ts";

/** What a driver has to tell so that a recording of its scanners can be played. */
export type PlayedDriver = Pick<
	ScannerDriver,
	"id" | "channel" | "framing" | "aim" | "codeIds" | "acknowledges" | "pictures"
>;

/** What came out, and when the last piece of it had arrived in the recording. */
export type Played = { readonly atMs: number } & (
	| ({ readonly kind: "read" } & Identified)
	| { readonly kind: "picture"; readonly picture: Picture }
	| Discarded
);

type Playing = {
	/** Pauses are so many times shorter, as far as that leaves each of them a pause to the scanner's language. */
	readonly speed: number;
	/** A larger picture is discarded, or not taken for one. */
	readonly mostPictureBytes: number;
	/** Is told what the language writes to the scanner. */
	readonly written?: (bytes: Uint8Array) => void;
};

/** A longer read is discarded. */
const mostReadBytes = 65_536;

/** How long an SSI scanner may take to go on with a message. */
const ssiRestMs = 3_000;

/**
 * Plays a recording through the language of its driver: what comes out is what a till would have got of it.
 * @throws {FaultError} `config-invalid` when the recording is of a driver of another channel.
 */
export function played$(
	{ header, pieces }: Recording,
	driver: PlayedDriver,
	playing: Playing,
): Observable<Played> {
	if (driver.channel !== header.channel) {
		throw new FaultError(
			"config-invalid",
			`${driver.id} is a ${driver.channel} scanner, the recording is not`,
		);
	}
	const { acknowledges } = driver;
	const framing = header.framing ?? driver.framing;
	const shipping = header.pictures ?? driver.pictures;
	const aim = header.aim ?? driver.aim;
	const codeIds = header.codeIds ?? driver.codeIds;
	let atMs = 0;
	const bytes$ = said$(pieces, patienceOf(framing, shipping), playing.speed).pipe(
		map((piece) => {
			({ atMs } = piece);
			return piece.bytes;
		}),
	);
	const ear: Ear = {
		bytes$,
		write: async (bytes) => playing.written?.(bytes),
		...(header.channel === "hid" && {
			hid: { descriptor: header.descriptor, feature: async (report) => playing.written?.(report) },
		}),
	};
	const pictures = shipping && { shipping, mostBytes: playing.mostPictureBytes };
	const language = { framing, mostFrameBytes: mostReadBytes, acknowledges, pictures };
	return heard$(language, ear).pipe(
		map((cut): Played => {
			if (cut.kind !== "frame") return { atMs, ...cut };
			return { kind: "read", atMs, ...identify(cut, { aim, codeIds }) };
		}),
	);
}

/**
 * What the scanner said, in its time. A pause in which the language gives something up or takes it for ended stays
 * such a pause at any speed; behind the last piece comes one, too.
 */
function said$(pieces: readonly Piece[], patienceMs: number, speed: number): Observable<Piece> {
	const said = pieces.filter(({ from }) => from === "scanner");
	const longMs = Math.ceil(patienceMs * 1.5) + 20;
	return new Observable((listener) => {
		let timer: NodeJS.Timeout | undefined;
		let last = 0;
		const play = (index: number) => {
			const piece = said[index];
			const pauseMs = piece === undefined ? longMs : piece.atMs - last;
			const shortened = pauseMs <= longMs ? pauseMs : Math.max(longMs, pauseMs / speed);
			timer = setTimeout(() => {
				if (piece === undefined) {
					listener.complete();
					return;
				}
				last = piece.atMs;
				listener.next(piece);
				play(index + 1);
			}, shortened);
		};
		play(0);
		return () => clearTimeout(timer);
	});
}

/** The longest time for which a scanner's language waits for more, ms: of a read, or of a picture between reads. */
function patienceOf(framing: Framing, shipping: PictureShipping | null): number {
	const ofReads = readPatienceOf(framing);
	return shipping === null || shipping.by === "ssi" ? ofReads : Math.max(ofReads, shipping.gapMs);
}

function readPatienceOf(framing: Framing): number {
	switch (framing.by) {
		case "marks":
			return framing.settleMs;
		case "ssi":
			return Math.max(framing.gapMs, ssiRestMs);
		case "ibm-oem":
			return 0;
		default:
			return framing.gapMs;
	}
}
