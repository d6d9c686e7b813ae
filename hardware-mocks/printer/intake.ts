import type { Device } from "./device.ts";

/** The line that bytes come from, as far as it can be told to wait. */
type Line = {
	/** Takes nothing more from it for now, or takes on. */
	pause(): void;
	resume(): void;
	/** What the buffer has no room for, on a line that cannot hold it back: returns what is not lost of it. */
	overrun?(bytes: Uint8Array): Uint8Array;
};

/** The printer's side of one line: its buffer takes what it has room for, and the line holds back the rest. */
export class Intake {
	readonly #device: Device;
	readonly #line: Line;
	#held: Uint8Array = new Uint8Array();
	#isReading = true;
	#isDraining = false;
	#bytesToGo = Number.POSITIVE_INFINITY;
	#reached: () => void = () => undefined;

	constructor(device: Device, line: Line) {
		this.#device = device;
		this.#line = line;
	}

	/** Bytes that the line has brought and the printer has not taken. */
	take(bytes: Uint8Array): void {
		this.#held = Buffer.concat([this.#held, bytes]);
		this.drain();
	}

	/** Hands on what there is room for; called again whenever there may be room. */
	drain(): void {
		if (this.#isDraining) return;
		this.#isDraining = true;
		while (this.#isReading && this.#held.length > 0 && this.#device.room > 0) this.#handOn();
		this.#isDraining = false;
		if (this.#held.length > 0 && this.#isReading) this.#held = this.#line.overrun?.(this.#held) ?? this.#held;
		if (this.#held.length === 0 && this.#isReading && this.#device.room > 0) this.#line.resume();
		else this.#line.pause();
	}

	/** After so many more bytes have been taken `reached` is called; nothing is taken beyond them before that. */
	after(bytes: number, reached: () => void): void {
		this.#bytesToGo = bytes;
		this.#reached = reached;
	}

	/** What the line had brought is gone with it. */
	forget(): void {
		this.#held = new Uint8Array();
	}

	read(isReading: boolean): void {
		this.#isReading = isReading;
		this.drain();
	}

	#handOn(): void {
		const count = Math.min(this.#held.length, this.#device.room, this.#bytesToGo);
		const taken = this.#held.subarray(0, count);
		this.#held = this.#held.subarray(count);
		this.#bytesToGo -= count;
		this.#device.receive(taken);
		if (this.#bytesToGo > 0) return;
		this.#bytesToGo = Number.POSITIVE_INFINITY;
		this.#reached();
	}
}
