import { Subject } from "rxjs";
import { Device } from "../../hardware-mocks/printer/device.ts";
import type { PrinterFacts } from "../../hardware-mocks/printer/facts.ts";
import { textOf } from "../../hardware-mocks/printer/text.ts";
import type { Gone, Port } from "../../src/model/device.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { Mishap } from "./plan.ts";
import type { WorldTime } from "./world-time.ts";

export type PrinterMishap = Extract<Mishap, { kind: "printer" }>;

const chassis = { dots: 576, chinese: false, cutter: true } as const;

/** Printers that a shop may have, by what they prove, and what they do when a new roll is in. */
export const makes = {
	"epson-tm-t20iii": { ...chassis, processId: true, afterReload: "line-again" },
	"generic-80mm": { ...chassis, processId: false, afterReload: "loses" },
	"generic-80mm-one-way": { ...chassis, processId: false, afterReload: "rest" },
} as const satisfies Record<string, PrinterFacts>;

/** Ms that a channel takes to open, and a write to be taken. */
const openMs = 3;
const writeMs = 2;

/** One of the shop's printers, which outlives every run of the program, and the paper that came out of it. */
export class SimPrinter {
	readonly make: keyof typeof makes;
	readonly #time: WorldTime;
	readonly #mishapAt: (opening: number) => PrinterMishap | undefined;
	readonly #device: Device;
	readonly #pieces: string[] = [];
	#openings = 0;
	#mute = false;
	#replies = new Subject<Uint8Array>();

	constructor(
		make: keyof typeof makes,
		time: WorldTime,
		mishapAt: (opening: number) => PrinterMishap | undefined,
	) {
		this.make = make;
		this.#time = time;
		this.#mishapAt = mishapAt;
		this.#device = new Device(makes[make], {
			reply: (bytes) => this.#reply(bytes),
			printed: ({ marks }) => void this.#pieces.push(textOf(marks)),
			drawer: () => undefined,
			mistake: () => undefined,
		});
	}

	/** All that has come out, a text for each piece of paper, without line ends and spaces: wrapped or not. */
	get paper(): string[] {
		this.#device.tear();
		return this.#pieces.map((piece) => piece.replace(/\s/g, ""));
	}

	/** Whether a text is on paper, what hangs in the printer included. */
	shows(text: string): boolean {
		const hanging = textOf(this.#device.hanging.piece.marks);
		return [...this.#pieces, hanging].some((piece) => piece.replace(/\s/g, "").includes(text));
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
