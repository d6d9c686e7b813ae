import type { SsiPacket } from "./ssi-packets.ts";

/** What an SSI scanner says to an order: opcode and data. */
type Reply = readonly [opcode: number, ...data: number[]];

const acknowledged: Reply = [0xd0];
const badContext: Reply = [0xd1, 0x02];
const denied: Reply = [0xd1, 0x06];

/** Parameters: whether codes come in packets, and whether answers are expected. */
const [packets, handshake] = [0xee, 0x9f];

/** START_DECODE, STOP_DECODE, FLUSH_QUEUE, IMAGER_MODE, AIM_OFF, AIM_ON: taken, without a consequence here. */
const taken: ReadonlySet<number> = new Set([0xe4, 0xe5, 0xd2, 0xf7, 0xc4, 0xc5]);

/** The part of an SSI scanner that obeys. */
export class SsiEngine {
	/** Codes of the beeps that the host has asked for. */
	readonly beeps: number[] = [];
	isEnabled = true;
	readonly #factory: ReadonlyMap<number, number>;
	readonly #lacks: readonly number[];
	#parameters: Map<number, number>;

	/** @param lacks numbers of parameters that it does not have and refuses to set. */
	constructor(sendsPackets: boolean, lacks: readonly number[]) {
		this.#factory = new Map([
			[packets, sendsPackets ? 1 : 0],
			[handshake, 1],
		]);
		this.#lacks = lacks;
		this.#parameters = new Map(this.#factory);
	}

	get sendsPackets(): boolean {
		return this.#parameters.get(packets) === 1;
	}

	get expectsAnswers(): boolean {
		return this.#parameters.get(handshake) !== 0;
	}

	/** Power off and on. */
	restart(): void {
		this.#parameters = new Map(this.#factory);
		this.isEnabled = true;
	}

	obey({ opcode, data }: SsiPacket): Reply {
		if (opcode === 0xa3) return [0xa4, ...Buffer.from("MOCK 1.0")];
		if (opcode === 0xc6) return this.#set(pairsOf(data.subarray(1)));
		if (opcode === 0xe6) this.beeps.push(data[0] ?? 0);
		else if (opcode === 0xe9 || opcode === 0xea) this.isEnabled = opcode === 0xe9;
		else if (!taken.has(opcode)) return badContext;
		return acknowledged;
	}

	#set(wanted: readonly (readonly [number, number])[]): Reply {
		if (wanted.some(([number]) => this.#lacks.includes(number))) return denied;
		for (const [number, value] of wanted) this.#parameters.set(number, value);
		return acknowledged;
	}
}

/** The parameters of a PARAM_SEND behind its beep code. Those of two bytes are told by F0 to F2 or F8 in front. */
function pairsOf(data: Uint8Array): [number, number][] {
	const pairs: [number, number][] = [];
	for (let at = 0; at < data.length; ) {
		const [first = 0, second = 0, third = 0, fourth = 0] = data.subarray(at);
		if (first === 0xf8) pairs.push([second * 256 + third, fourth]);
		else if (first >= 0xf0) pairs.push([(first - 0xef) * 256 + second, third]);
		else pairs.push([first, second]);
		at += first === 0xf8 ? 4 : first >= 0xf0 ? 3 : 2;
	}
	return pairs;
}
