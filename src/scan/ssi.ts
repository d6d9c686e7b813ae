import { Observable } from "rxjs";
import type { Framing } from "../model/device.ts";
import type { Cut } from "../model/read.ts";
import { pauseWatch } from "./pause-watch.ts";
import type { Ear } from "./reads.ts";
import { SsiHost } from "./ssi-host.ts";
import { type SsiLimits, SsiMessages } from "./ssi-messages.ts";
import { hostSource, type SsiPacket, SsiSplitter, wantsAnswer } from "./ssi-packets.ts";

/**
 * How long the rest of a message is waited for, in ms, from its last packet. Above the time after which a scanner
 * repeats what was not acknowledged (2,000 by default); below the one in which it gives up and someone reads
 * another code, which would be taken for the rest.
 */
const restMs = 3_000;

/** Where nothing is said of pictures. */
const usualMostPictureBytes = 8 * 1_024 * 1_024;

type SsiFraming = Extract<Framing, { readonly by: "ssi" }>;

/**
 * Converses with a scanner in Zebra's Simple Serial Interface; yields the codes and pictures that it sends.
 *
 * A packet is acknowledged when its checksum is right, and asked for again when it is not. One that the scanner sends
 * again, because an acknowledgement was lost, is acknowledged again and comes out once. At each subscription, and
 * whenever the scanner turns out not to speak in packets, it is set up by `framing.setup` until its next power-off.
 *
 * Completes with `port.bytes$`; no failed write is ever told. What is no packet, and messages whose rest does not
 * come, come out as `discarded`. A code longer than `mostBytes`, or a picture of more than `mostPictureBytes`, does too.
 */
export function ssiReads$(
	framing: SsiFraming,
	port: Ear,
	mostBytes: number,
	mostPictureBytes = usualMostPictureBytes,
): Observable<Cut> {
	return new Observable((cuts) => {
		const conversation = new Conversation(framing, port, { mostBytes, mostPictureBytes }, (cut) =>
			cuts.next(cut),
		);
		cuts.add(() => conversation.stop());
		cuts.add(
			port.bytes$.subscribe({
				next: (bytes) => conversation.take(bytes),
				error: (error) => cuts.error(error),
				complete: () => {
					conversation.end();
					cuts.complete();
				},
			}),
		);
		if (!cuts.closed) conversation.begin();
	});
}

class Conversation {
	readonly #tell: (cut: Cut) => void;
	readonly #host: SsiHost;
	readonly #messages: SsiMessages;
	readonly #splitter = new SsiSplitter((packet) => this.#hear(packet));
	readonly #gap;
	readonly #rest = pauseWatch(restMs, () => this.#messages.giveUp());

	constructor(framing: SsiFraming, port: Ear, limits: SsiLimits, tell: (cut: Cut) => void) {
		this.#tell = tell;
		this.#host = new SsiHost(framing, (packet) => port.write(packet));
		this.#messages = new SsiMessages(framing.types, limits, tell);
		this.#gap = pauseWatch(framing.gapMs, () => this.#drop(() => this.#host.refuse()));
	}

	begin(): void {
		this.#host.setUp();
	}

	take(bytes: Uint8Array): void {
		this.#splitter.take(bytes);
		this.#gap.restart();
	}

	end(): void {
		this.#drop(() => undefined);
		this.#messages.giveUp();
	}

	stop(): void {
		for (const watch of [this.#gap, this.#rest, this.#host]) watch.stop();
	}

	#hear(packet: SsiPacket): void {
		// A line that echoes what kassad says.
		if (packet.source === hostSource) return;
		if (!wantsAnswer(packet)) {
			this.#host.hear(packet);
			return;
		}
		this.#host.acknowledge();
		this.#messages.take(packet);
		if (this.#messages.isHalf) this.#rest.restart();
	}

	#drop(answer: () => void): void {
		const damage = this.#splitter.silence();
		if (damage === undefined) return;
		answer();
		this.#messages.damaged(damage);
		this.#tell({ kind: "discarded", length: damage.length, why: damage.why });
	}
}
