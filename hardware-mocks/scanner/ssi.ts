import { plugCable } from "./cable.ts";
import { SsiEngine } from "./ssi-engine.ts";
import { type HostWord, hearHost, type SsiPacket, ssiBytes } from "./ssi-packets.ts";
import { type Delivery, SsiSender } from "./ssi-sender.ts";

/** How an SSI scanner leaves the factory. */
export type SsiSettings = {
	/** "Host serial response time-out", ms; 2,000 when left out. */
	readonly answerMs?: number;
	/** Whether it sends packets before the host asks for them (parameter EE); raw text when left out. */
	readonly sendsPackets?: boolean;
	/** Data bytes in a packet at most; 251 when left out. */
	readonly mostData?: number;
	/** Parameters that it does not have and refuses to set. */
	readonly lacks?: readonly number[];
	/** Whether it takes no packets at all, as a scanner set to another interface. */
	readonly isDeaf?: boolean;
};

/** A scanner that speaks Zebra's Simple Serial Interface on a serial line that is not there. */
export type SsiScanner = {
	readonly link: string;
	/** Whole packets of the host, in order. */
	readonly heard: readonly SsiPacket[];
	/** What the host has made of it. */
	readonly engine: Pick<SsiEngine, "beeps" | "isEnabled" | "sendsPackets">;
	/** Reads a code of this type. Resolves when the host has acknowledged all of it, or how else it ended. */
	read(type: number, content: Uint8Array): Promise<Delivery | "disabled" | "raw">;
	/** Sends a picture, its header included, as IMAGE_DATA packets. */
	picture(bytes: Uint8Array): Promise<Delivery>;
	/** Sends these bytes and no others. */
	send(bytes: Uint8Array): Promise<void>;
	/** Does not hear the next answers of the host. */
	loseAnswers(count: number): void;
	/** Sends the next packets with a wrong byte in them. */
	damagePackets(count: number): void;
	/** Power off and on: what was set for the session is forgotten. */
	restart(): void;
	unplug(): Promise<void>;
	replug(): void;
	/** Unplugs for good; safe to call twice. */
	close(): Promise<void>;
};

const [ack, nak, decodeData, imageData] = [0xd0, 0xd1, 0xf3, 0xb1];
const resend = 0x01;

/** Plugs in an SSI scanner under `link`. A link that is there already is replaced. */
export function plugSsiScanner(link: string, settings: SsiSettings = {}): SsiScanner {
	const { answerMs = 2_000, mostData = 251, isDeaf = false } = settings;
	const heard: SsiPacket[] = [];
	const engine = new SsiEngine(settings.sendsPackets === true, settings.lacks ?? []);
	const take = (word: HostWord) => {
		if (word !== "damaged") heard.push(word);
		if (word !== "damaged" && (word.opcode === ack || word.opcode === nak)) sender.answered(word);
		else {
			const [opcode, ...data] = word === "damaged" ? [nak, resend] : engine.obey(word);
			// A cable that is pulled meanwhile.
			cable.write(ssiBytes(opcode, 0, Uint8Array.from(data))).catch(() => undefined);
		}
	};
	const cable = plugCable(link, isDeaf ? () => undefined : hearHost(take));
	const sender = new SsiSender(cable.write, answerMs);
	const read = async (type: number, content: Uint8Array) => {
		if (!engine.isEnabled) return "disabled";
		if (engine.sendsPackets)
			return sender.deliver(decodeData, content, mostData, engine.expectsAnswers, Uint8Array.of(type));
		await cable.write(content);
		return "raw";
	};
	const { unplug, replug } = cable;
	return {
		link,
		heard,
		engine,
		read,
		picture: (bytes: Uint8Array) => sender.deliver(imageData, bytes, mostData, engine.expectsAnswers),
		send: cable.write,
		loseAnswers: (count: number) => sender.loseAnswers(count),
		damagePackets: (count: number) => sender.damagePackets(count),
		restart: () => engine.restart(),
		unplug,
		replug,
		close: unplug,
	};
}
