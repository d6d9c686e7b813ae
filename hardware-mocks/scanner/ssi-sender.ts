import { type SsiPacket, ssiBytes } from "./ssi-packets.ts";

/** How a message ended: with the host's acknowledgement, or without one after all tries, or with its refusal. */
export type Delivery = "acknowledged" | "given-up" | "refused";

const [ack, resend] = [0xd0, 0x01];

/** A packet is sent once and, without an answer, two more times. */
const tries = 3;

/** The scanner's half of handing over a message: packets, the host's answers, and the same packets again. */
export class SsiSender {
	readonly #write: (bytes: Uint8Array) => Promise<void>;
	readonly #answerMs: number;
	#queue: Promise<unknown> = Promise.resolve();
	#answer: PromiseWithResolvers<SsiPacket | undefined> | undefined;
	#lost = 0;
	#damaged = 0;

	constructor(write: (bytes: Uint8Array) => Promise<void>, answerMs: number) {
		this.#write = write;
		this.#answerMs = answerMs;
	}

	/** An ACK or a NAK of the host. */
	answered(packet: SsiPacket): void {
		if (this.#lost > 0) this.#lost -= 1;
		else this.#answer?.resolve(packet);
	}

	loseAnswers(count: number): void {
		this.#lost = count;
	}

	damagePackets(count: number): void {
		this.#damaged = count;
	}

	/**
	 * Sends a message in its turn, `mostData` bytes in each packet, of which `front` is repeated in every packet. Does
	 * not wait for answers when the host is not asked for any.
	 */
	deliver(
		opcode: number,
		content: Uint8Array,
		mostData: number,
		isAnswered: boolean,
		front: Uint8Array = new Uint8Array(),
	): Promise<Delivery> {
		const room = mostData - front.length;
		const count = Math.max(1, Math.ceil(content.length / room));
		const packets = Array.from({ length: count }, (_, index) => {
			const piece = content.subarray(index * room, (index + 1) * room);
			return { status: index < count - 1 ? 2 : 0, data: Buffer.concat([front, piece]) };
		});
		const delivery = this.#queue.then(async () => {
			for (const { status, data } of packets) {
				const end = await this.#send(opcode, status, data, isAnswered);
				if (end !== "acknowledged") return end;
			}
			return "acknowledged";
		});
		this.#queue = delivery.catch(() => undefined);
		return delivery;
	}

	async #send(opcode: number, status: number, data: Uint8Array, isAnswered: boolean): Promise<Delivery> {
		for (let time = 0; time < tries; time += 1) {
			const bytes = ssiBytes(opcode, status | (time > 0 ? 1 : 0), data);
			if (this.#damaged > 0) {
				this.#damaged -= 1;
				bytes.set([(bytes.at(-3) ?? 0) ^ 0x01], bytes.length - 3);
			}
			const answer = isAnswered ? this.#nextAnswer() : undefined;
			await this.#write(bytes);
			if (answer === undefined) return "acknowledged";
			const { opcode: word, data: cause } = (await answer) ?? {};
			if (word === ack) return "acknowledged";
			if (word !== undefined && cause?.[0] !== resend) return "refused";
		}
		return "given-up";
	}

	/** The next answer of the host, or nothing after the time for it. */
	#nextAnswer(): Promise<SsiPacket | undefined> {
		const answer = Promise.withResolvers<SsiPacket | undefined>();
		const timer = setTimeout(() => answer.resolve(undefined), this.#answerMs);
		this.#answer = answer;
		return answer.promise.finally(() => clearTimeout(timer));
	}
}
