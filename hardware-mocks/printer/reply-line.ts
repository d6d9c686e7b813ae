import type { Clock } from "../../src/model/clock.ts";

/** How a bad line spoils what the printer says; the same seed spoils it the same way. */
export type Garbling = {
	readonly seed: number;
	/** Chance, 0 to 1, of a random byte in front of each byte. */
	readonly noise?: number;
	/** Chance of XON or XOFF in front of each byte. */
	readonly flow?: number;
	/** Each answer comes so much later, ms. */
	readonly lateMs?: number;
	/** Each answer comes when the next one is due, as bytes that lay unread in between. */
	readonly oneBehind?: boolean;
};

const flowBytes = [0x11, 0x13] as const;

/** What the printer says, on its way to the host. */
export class ReplyLine {
	readonly #send: (bytes: Uint8Array) => void;
	readonly #clock: Clock;
	#garbling: Garbling | undefined;
	#random: () => number = () => 1;
	#behind: Uint8Array | undefined;
	mute = false;

	constructor(send: (bytes: Uint8Array) => void, clock: Clock) {
		this.#send = send;
		this.#clock = clock;
	}

	garble(garbling: Garbling | undefined): void {
		this.#garbling = garbling;
		this.#random = randomFrom(garbling?.seed ?? 0);
		this.#behind = undefined;
	}

	reply(bytes: Uint8Array): void {
		if (this.mute) return;
		const { oneBehind = false, lateMs = 0 } = this.#garbling ?? {};
		const said = oneBehind ? this.#behind : bytes;
		this.#behind = bytes;
		if (said === undefined) return;
		const spoilt = this.#spoilt(said);
		if (lateMs === 0) this.#send(spoilt);
		else void this.#clock.sleep(lateMs).then(() => this.#send(spoilt));
	}

	#spoilt(bytes: Uint8Array): Uint8Array {
		const { noise = 0, flow = 0 } = this.#garbling ?? {};
		const said: number[] = [];
		for (const byte of bytes) {
			if (this.#random() < noise) said.push(Math.floor(this.#random() * 256));
			if (this.#random() < flow) said.push(flowBytes[this.#random() < 0.5 ? 0 : 1]);
			said.push(byte);
		}
		return Uint8Array.from(said);
	}
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
