import type { Discarded } from "../model/read.ts";

/**
 * Packets of Zebra's Simple Serial Interface: a length (of itself up to the last data byte), an opcode, who sent it,
 * a status, the data, and a checksum of two bytes, the high one first, that makes the sum of all bytes before it 0
 * modulo 65536. Zebra SE955 integration guide, "SSI packet format".
 */
export type SsiPacket = {
	readonly opcode: number;
	readonly source: number;
	readonly status: number;
	readonly data: Uint8Array;
};

export const opcodes = Object.freeze({
	replyRevision: 0xa4,
	replyId: 0xa6,
	imageData: 0xb1,
	videoData: 0xb4,
	paramSend: 0xc6,
	ack: 0xd0,
	nak: 0xd1,
	capabilitiesReply: 0xd4,
	scanEnable: 0xe9,
	decodeData: 0xf3,
	event: 0xf6,
});

/** Who sends: kassad, in the source byte. A scanner says 0. */
export const hostSource = 0x04;

/** Bits of the status byte. */
export const statusBits = Object.freeze({ repeat: 0x01, more: 0x02 });

/** Answers in themselves: they get none. Zebra SE955 integration guide, "ACK/NAK handshaking". */
const answers: ReadonlySet<number> = new Set([
	opcodes.ack,
	opcodes.nak,
	opcodes.paramSend,
	opcodes.replyRevision,
	opcodes.replyId,
	opcodes.capabilitiesReply,
]);

const headBytes = 4;
const sumBytes = 2;
const mostPacketBytes = 255 + sumBytes;

/** Bytes that are no packet. */
export type SsiDamage = Omit<Discarded, "kind"> & {
	/** Whether they look like the first sending of a packet, not like a repeat; false when nothing tells. */
	readonly isFirst: boolean;
	/** Whether they are more than one packet. */
	readonly areSeveral: boolean;
};

export function wantsAnswer({ opcode }: SsiPacket): boolean {
	return !answers.has(opcode);
}

/** A packet from the host. `data` has at most 251 bytes. */
export function hostPacket(opcode: number, data: readonly number[] = [], status = 0): Uint8Array {
	const packet = [headBytes + data.length, opcode, hostSource, status, ...data];
	const sum = -packet.reduce((all, byte) => all + byte, 0);
	return Uint8Array.of(...packet, sum >> 8, sum);
}

/**
 * Cuts a byte stream into packets. It knows no time, a silence is told to it.
 *
 * No byte marks the start of a packet, so after a damaged one nothing can be trusted until the line was silent: all
 * up to there is one damage. At most one packet is kept.
 */
export class SsiSplitter {
	readonly #tell: (packet: SsiPacket) => void;
	readonly #bytes = new Uint8Array(mostPacketBytes);
	#length = 0;
	/** Why all is dropped until a silence. */
	#why: SsiDamage["why"] | undefined;
	#dropped = 0;

	constructor(tell: (packet: SsiPacket) => void) {
		this.#tell = tell;
	}

	take(bytes: Uint8Array): void {
		for (let index = 0; index < bytes.length; index += 1) {
			if (this.#why !== undefined) {
				this.#dropped += bytes.length - index;
				return;
			}
			this.#add(bytes[index] ?? 0);
		}
	}

	/** Nothing has come for a while, or nothing will any more. What is not whole by now is damaged. */
	silence(): SsiDamage | undefined {
		const length = this.#length + this.#dropped;
		if (length === 0) return undefined;
		const isFirst = this.#length >= headBytes && ((this.#bytes[3] ?? 0) & statusBits.repeat) === 0;
		const areSeveral = length > mostPacketBytes;
		const damage = { length, why: this.#why ?? "unfinished", isFirst, areSeveral } as const;
		this.#length = 0;
		this.#dropped = 0;
		this.#why = undefined;
		return damage;
	}

	#add(byte: number): void {
		this.#bytes[this.#length] = byte;
		this.#length += 1;
		const inner = this.#bytes[0] ?? 0;
		if (inner < headBytes) this.#why = "not-a-read";
		else if (this.#length === inner + sumBytes) this.#finish(inner);
	}

	#finish(inner: number): void {
		if (sumOf(this.#bytes, inner) !== 0) {
			this.#why = "checksum";
			return;
		}
		this.#length = 0;
		const [, opcode = 0, source = 0, status = 0] = this.#bytes;
		this.#tell({ opcode, source, status, data: this.#bytes.slice(headBytes, inner) });
	}
}

/** The sum of a packet's bytes and its checksum modulo 65536: 0 when nothing is damaged. */
function sumOf(bytes: Uint8Array, inner: number): number {
	let sum = ((bytes[inner] ?? 0) << 8) + (bytes[inner + 1] ?? 0);
	for (let index = 0; index < inner; index += 1) sum += bytes[index] ?? 0;
	return sum & 0xffff;
}
