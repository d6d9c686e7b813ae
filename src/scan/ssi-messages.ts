import type { Cut } from "../model/read.ts";
import type { Symbology } from "../model/scan.ts";
import { opcodes, type SsiDamage, type SsiPacket, statusBits } from "./ssi-packets.ts";
import { pictureHeaderBytes, ssiPicture } from "./ssi-picture.ts";

/** How long codes and pictures may be; longer ones are discarded. A picture without what SSI puts in front of it. */
export type SsiLimits = { readonly mostBytes: number; readonly mostPictureBytes: number };

/** A message of several packets, as far as it has come. */
type Message = {
	readonly opcode: number;
	/** Of a code: its type byte, which stands in front of every packet. */
	readonly type: number;
	/** Empty once the message is of no use. */
	pieces: Uint8Array[];
	length: number;
	/** Why it is of no use. Its packets are waited for all the same, or its end would be taken for a message. */
	spoilt: "too-long" | "checksum" | undefined;
};

type Damage = Pick<SsiDamage, "isFirst" | "areSeveral">;

/** Makes reads and pictures of a scanner's packets. */
export class SsiMessages {
	readonly #types: Readonly<Record<number, Symbology>>;
	readonly #limits: SsiLimits;
	readonly #tell: (cut: Cut) => void;
	#message: Message | undefined;
	/** To know its repeat. */
	#before: SsiPacket | undefined;
	/** What came damaged since then. */
	#damage: Damage | undefined;

	constructor(types: Readonly<Record<number, Symbology>>, limits: SsiLimits, tell: (cut: Cut) => void) {
		this.#types = types;
		this.#limits = limits;
		this.#tell = tell;
	}

	/** Whether more packets of a message are to come. */
	get isHalf(): boolean {
		return this.#message !== undefined;
	}

	take(packet: SsiPacket): void {
		const { opcode, data } = packet;
		const damage = this.#damage;
		this.#damage = undefined;
		const isRepeat = (packet.status & statusBits.repeat) !== 0;
		const isAgain = isRepeat && this.#isBefore(packet);
		this.#before = packet;
		if (isAgain && damage?.isFirst !== true) return;
		const isLacking = damage !== undefined && this.#lacksPackets(damage, isRepeat, isAgain);
		if (this.#message !== undefined && isLacking) spoil(this.#message, "checksum");
		if (opcode === opcodes.decodeData && data.length > 0)
			this.#join(packet, data[0] ?? 0, data.subarray(1), isLacking);
		else if (opcode === opcodes.imageData) this.#join(packet, 0, data, isLacking);
		else if (opcode !== opcodes.event)
			this.#tell({ kind: "discarded", length: data.length, why: "not-a-read" });
	}

	/** Something came damaged; if it was a packet, the scanner sends it again. */
	damaged({ isFirst, areSeveral }: Damage): void {
		const before = this.#damage;
		this.#damage = {
			isFirst: isFirst || before?.isFirst === true,
			areSeveral: areSeveral || before?.areSeveral === true,
		};
	}

	/** Nothing came for so long that the rest of a message will not come. */
	giveUp(): void {
		this.#drop();
		// If its packet is repeated after all, the message begins again.
		this.#before = undefined;
	}

	/**
	 * Whether a packet may be lost for good between the one before and this one. The scanner repeats only one, and
	 * inside a message it has to be that one. A repeat that equals the packet before is no proof: two neighbours may
	 * be equal. Between two messages it is the same code read twice, whose second reading came damaged at first.
	 */
	#lacksPackets(damage: Damage, isRepeat: boolean, isAgain: boolean): boolean {
		if (this.#message === undefined) return isRepeat && damage.areSeveral;
		return !isRepeat || isAgain || damage.areSeveral;
	}

	#drop(): void {
		const { length = 0 } = this.#message ?? {};
		this.#message = undefined;
		if (length > 0) this.#tell({ kind: "discarded", length, why: "unfinished" });
	}

	#isBefore({ opcode, status, data }: SsiPacket): boolean {
		const before = this.#before;
		if (before === undefined || before.opcode !== opcode) return false;
		return ((before.status ^ status) & statusBits.more) === 0 && Buffer.compare(before.data, data) === 0;
	}

	#join({ opcode, status }: SsiPacket, type: number, piece: Uint8Array, isLacking: boolean): void {
		if (this.#message?.opcode !== opcode || this.#message.type !== type) this.#drop();
		this.#message ??= { opcode, type, pieces: [], length: 0, spoilt: isLacking ? "checksum" : undefined };
		const message = this.#message;
		message.length += piece.length;
		if (message.length > this.#most(opcode)) spoil(message, "too-long");
		if (message.spoilt === undefined && piece.length > 0) message.pieces.push(piece);
		if ((status & statusBits.more) !== 0) return;
		this.#message = undefined;
		const cut = this.#cutOf(message);
		if (message.length > 0) this.#tell(cut);
	}

	#most(opcode: number): number {
		const { mostBytes, mostPictureBytes } = this.#limits;
		return opcode === opcodes.imageData ? mostPictureBytes + pictureHeaderBytes : mostBytes;
	}

	#cutOf({ opcode, type, pieces, length, spoilt }: Message): Cut {
		if (spoilt !== undefined) return { kind: "discarded", length, why: spoilt };
		const bytes = Uint8Array.from(Buffer.concat(pieces));
		if (opcode === opcodes.decodeData)
			return { kind: "frame", bytes, symbology: this.#types[type] ?? "other" };
		const picture = ssiPicture(bytes);
		return picture === undefined
			? { kind: "discarded", length, why: "not-a-read" }
			: { kind: "picture", picture };
	}
}

function spoil(message: Message, why: NonNullable<Message["spoilt"]>): void {
	message.spoilt ??= why;
	message.pieces = [];
}
