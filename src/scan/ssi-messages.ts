import type { Cut } from "../model/read.ts";
import type { Symbology } from "../model/scan.ts";
import { opcodes, type SsiDamage, type SsiPacket, statusBits } from "./ssi-packets.ts";
import { ssiPicture } from "./ssi-picture.ts";

/** A larger picture is discarded. */
const mostPictureBytes = 8 * 1_024 * 1_024;

/** A message of several packets, as far as it has come. */
type Message = {
	readonly opcode: number;
	/** Of a code: its type byte, which stands in front of every packet. */
	readonly type: number;
	readonly mostBytes: number;
	/** Empty once the message is too long. */
	pieces: Uint8Array[];
	length: number;
};

/** Makes reads and pictures of a scanner's packets. */
export class SsiMessages {
	readonly #types: Readonly<Record<number, Symbology>>;
	readonly #mostBytes: number;
	readonly #tell: (cut: Cut) => void;
	#message: Message | undefined;
	/** To know its repeat. */
	#before: SsiPacket | undefined;

	constructor(types: Readonly<Record<number, Symbology>>, mostBytes: number, tell: (cut: Cut) => void) {
		this.#types = types;
		this.#mostBytes = mostBytes;
		this.#tell = tell;
	}

	/** Whether more packets of a message are to come. */
	get isHalf(): boolean {
		return this.#message !== undefined;
	}

	take(packet: SsiPacket): void {
		const { opcode, data } = packet;
		const isAgain = (packet.status & statusBits.repeat) !== 0 && this.#isBefore(packet);
		this.#before = packet;
		if (isAgain) return;
		if (opcode === opcodes.decodeData && data.length > 0) this.#join(packet, data[0] ?? 0, data.subarray(1));
		else if (opcode === opcodes.imageData) this.#join(packet, 0, data);
		else if (opcode !== opcodes.event)
			this.#tell({ kind: "discarded", length: data.length, why: "not-a-read" });
	}

	/**
	 * A packet came damaged and will be repeated. If it was a first sending, the repeat is news even if it equals the
	 * packet before: the same code was read twice. If it was a repeat itself, the packet before had come already.
	 */
	damaged({ isFirst }: Pick<SsiDamage, "isFirst">): void {
		if (isFirst) this.#before = undefined;
	}

	/** The rest of a message will not come. */
	giveUp(): void {
		const { length = 0 } = this.#message ?? {};
		this.#message = undefined;
		if (length > 0) this.#tell({ kind: "discarded", length, why: "unfinished" });
	}

	#isBefore({ opcode, status, data }: SsiPacket): boolean {
		const before = this.#before;
		if (before === undefined || before.opcode !== opcode) return false;
		return ((before.status ^ status) & statusBits.more) === 0 && Buffer.compare(before.data, data) === 0;
	}

	#join({ opcode, status }: SsiPacket, type: number, piece: Uint8Array): void {
		if (this.#message?.opcode !== opcode || this.#message.type !== type) this.giveUp();
		const mostBytes = opcode === opcodes.imageData ? mostPictureBytes : this.#mostBytes;
		this.#message ??= { opcode, type, mostBytes, pieces: [], length: 0 };
		const message = this.#message;
		message.length += piece.length;
		if (message.length > mostBytes) message.pieces = [];
		else if (piece.length > 0) message.pieces.push(piece);
		if ((status & statusBits.more) !== 0) return;
		this.#message = undefined;
		this.#finish(message);
	}

	#finish({ opcode, type, mostBytes, pieces, length }: Message): void {
		if (length > mostBytes) {
			this.#tell({ kind: "discarded", length, why: "too-long" });
			return;
		}
		const bytes = Uint8Array.from(Buffer.concat(pieces));
		if (opcode === opcodes.decodeData) {
			if (length > 0) this.#tell({ kind: "frame", bytes, symbology: this.#types[type] ?? "other" });
			return;
		}
		const picture = ssiPicture(bytes);
		this.#tell(
			picture === undefined ? { kind: "discarded", length, why: "not-a-read" } : { kind: "picture", picture },
		);
	}
}
