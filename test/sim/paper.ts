import { Subject } from "rxjs";
import { Device } from "../../hardware-mocks/printer/device.ts";
import { textOf } from "../../hardware-mocks/printer/text.ts";
import type { Gone, Port } from "../../src/model/device.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { Mishap } from "./plan.ts";
import type { WorldTime } from "./world-time.ts";

export type PrinterMishap = Extract<Mishap, { kind: "printer" }>;

const facts = { dots: 576, chinese: false, processId: true, cutter: true };

/** Ms that a channel takes to open, and a write to be taken. */
const openMs = 3;
const writeMs = 2;

/** The shop's printer, which outlives every run of the program, and the paper that came out of it. */
export class SimPrinter {
	readonly #time: WorldTime;
	readonly #mishapAt: (opening: number) => PrinterMishap | undefined;
	readonly #device: Device;
	readonly #pieces: string[] = [];
	#openings = 0;
	#mute = false;
	#replies = new Subject<Uint8Array>();

	constructor(time: WorldTime, mishapAt: (opening: number) => PrinterMishap | undefined) {
		this.#time = time;
		this.#mishapAt = mishapAt;
		this.#device = new Device(facts, {
			reply: (bytes) => this.#reply(bytes),
			printed: ({ marks }) => void this.#pieces.push(textOf(marks)),
			drawer: () => undefined,
			mistake: () => undefined,
		});
	}

	/** All that has come out, without line ends and spaces: an id is found however it was wrapped. */
	get paper(): string {
		this.#device.tear();
		return this.#pieces.join("").replace(/\s/g, "");
	}

	async open(): Promise<Port> {
		this.#openings += 1;
		const mishap = this.#mishapAt(this.#openings);
		if (mishap !== undefined) this.#befall(mishap);
		await this.#time.pass(openMs);
		if (mishap?.what === "unreachable") throw new FaultError("printer-unreachable", "no route");
		return this.#channel(mishap?.what === "cable pulled" ? mishap.after : Number.POSITIVE_INFINITY);
	}

	#befall({ what, after, ms }: PrinterMishap): void {
		if (what === "paper out") this.#device.endPaperAfter(after);
		if (what === "cover open") this.#device.change({ coverOpen: true });
		if (what === "mute") this.#mute = true;
		this.#time.after(ms, () => this.mend());
	}

	/** Somebody puts right whatever is wrong. */
	mend(): void {
		this.#mute = false;
		this.#device.mend();
	}

	#reply(bytes: Uint8Array): void {
		const listener = this.#replies;
		if (!this.#mute) this.#time.after(1, () => listener.next(bytes));
	}

	/** @param bytesToLive after which the cable is pulled. */
	#channel(bytesToLive: number): Port {
		const bytes$ = new Subject<Uint8Array>();
		const { promise: gone, resolve } = Promise.withResolvers<Gone>();
		let left = bytesToLive;
		this.#replies = bytes$;
		return {
			bytes$,
			gone,
			write: async (bytes) => {
				if (left <= 0) throw new FaultError("printer-unreachable", "the channel has ended");
				await this.#time.pass(writeMs);
				this.#device.receive(bytes.subarray(0, left));
				left -= bytes.length;
				if (left > 0) return;
				resolve({ reason: "unplugged", detail: "the cable was pulled" });
				throw new FaultError("printer-unreachable", "the cable was pulled");
			},
			close: async () => resolve({ reason: "closed", detail: "closed by kassad" }),
		};
	}
}
