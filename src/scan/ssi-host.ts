import type { Framing } from "../model/device.ts";
import type { Ear } from "./reads.ts";
import { hostPacket, opcodes, type SsiPacket, statusBits } from "./ssi-packets.ts";

/** First data byte of a PARAM_SEND: which beep confirms it. */
const noBeep = 0xff;

/** First data byte of a NAK. Every other cause says that asking again is of no use. */
const causeResend = 0x01;

/** Answers that may wait for a line that takes none. The scanner repeats what got no answer. */
const mostUnwritten = 64;

type Order = { readonly opcode: number; readonly data: readonly number[] };

/**
 * The host's half of an SSI conversation: it answers packets, and it sets the scanner up.
 *
 * Many scanners leave the factory sending raw text and do so again after each power-off, which a line without USB
 * does not show. So they are set up when the line is opened, and again when they say what is no packet and do not
 * repeat it as a packet. A scanner that answers none of it is left alone.
 */
export class SsiHost {
	readonly #write: Ear["write"];
	readonly #answerMs: number;
	readonly #tries: number;
	readonly #orders: readonly Order[];
	/** The order that waits for its answer, and how often it was sent. */
	#asked: { readonly step: number; readonly tries: number } | undefined;
	#timer: NodeJS.Timeout | undefined;
	#unwritten = 0;

	constructor({ setup, answerMs, tries }: Extract<Framing, { by: "ssi" }>, write: Ear["write"]) {
		this.#write = write;
		this.#answerMs = answerMs;
		this.#tries = tries;
		// One packet each: a scanner that lacks one of the parameters may refuse the packet as a whole.
		const parameters = setup.map((parameter) => ({
			opcode: opcodes.paramSend,
			data: [noBeep, ...parameterBytes(parameter)],
		}));
		this.#orders = [...parameters, { opcode: opcodes.scanEnable, data: [] }];
	}

	setUp(): void {
		if (this.#asked === undefined) this.#order(0, 1);
	}

	acknowledge(): void {
		this.#heardPacket();
		this.#send(hostPacket(opcodes.ack));
	}

	/** Asks for a repeat of what came damaged. */
	refuse(): void {
		this.#send(hostPacket(opcodes.nak, [causeResend]));
		if (this.#asked === undefined) this.#wait(() => this.setUp());
	}

	/** A packet came that wants no answer: an ACK or a NAK perhaps. */
	hear({ opcode, data }: SsiPacket): void {
		this.#heardPacket();
		if (this.#asked === undefined) return;
		if (opcode === opcodes.nak && data[0] === causeResend) this.#orderAgain(this.#asked);
		else if (opcode === opcodes.ack || opcode === opcodes.nak) this.#order(this.#asked.step + 1, 1);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#asked = undefined;
	}

	/** The scanner speaks in packets, so there is no need to set it up again. */
	#heardPacket(): void {
		if (this.#asked === undefined) clearTimeout(this.#timer);
	}

	#order(step: number, tries: number): void {
		const order = this.#orders[step];
		if (order === undefined) {
			this.stop();
			return;
		}
		const asked = { step, tries };
		this.#asked = asked;
		this.#wait(() => this.#orderAgain(asked));
		this.#send(hostPacket(order.opcode, order.data, tries > 1 ? statusBits.repeat : 0));
	}

	#orderAgain({ step, tries }: { step: number; tries: number }): void {
		if (tries < this.#tries) this.#order(step, tries + 1);
		else this.stop();
	}

	#wait(then: () => void): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(then, this.#answerMs);
	}

	/** In one write: the scanner takes a pause between two bytes for the end. A line that is gone tells so itself. */
	#send(packet: Uint8Array): void {
		if (this.#unwritten >= mostUnwritten) return;
		this.#unwritten += 1;
		const done = () => {
			this.#unwritten -= 1;
		};
		this.#write(packet).then(done, done);
	}
}

/**
 * A parameter as PARAM_SEND carries it. One byte numbers those below F0; F0 to F2 stand in front of the low byte of
 * those from 256, 512 and 768; F8 in front of any number of two bytes.
 */
function parameterBytes([number, value]: readonly [number, number]): readonly number[] {
	const high = number >> 8;
	const low = number & 0xff;
	if (number < 0xf0) return [low, value];
	return high >= 1 && high <= 3 ? [0xef + high, low, value] : [0xf8, high, low, value];
}
