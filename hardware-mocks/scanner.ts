import { cardText, garbageBytes, type OldCard, type PayCard } from "./scanner/barcodes.ts";
import { plugCable } from "./scanner/cable.ts";
import { runScannerProgram } from "./scanner/program.ts";

/** A scanner on a serial line that is not there: 8 data bits, AIM identifiers on, CR behind every read. */
export type MockScanner = {
	/** The symbolic link that the host opens, like those in /dev/serial/by-id. */
	readonly link: string;
	/** What the host has written since the scanner was first plugged in. */
	readonly received: Uint8Array;
	/** Sends these bytes and no others. Resolves when they are on their way. */
	send(bytes: Uint8Array): Promise<void>;
	/** Reads a barcode: AIM identifier (`]E0`), content (Latin-1), CR. Resolves with the bytes sent. */
	show(aim: string, content: string): Promise<Uint8Array>;
	/** Reads a loyalty card, with a fresh password when it can pay. Resolves with the bytes sent. */
	showCard(card: OldCard | PayCard): Promise<Uint8Array>;
	/** Sends bytes that mean nothing and have no end mark but by chance. Resolves with the bytes sent. */
	garbage(seed: number, length: number): Promise<Uint8Array>;
	/** Pulls the cable: the link is gone at once, the open line has ended when this resolves. */
	unplug(): Promise<void>;
	/** Puts the cable back: a new line under the same link. */
	replug(): void;
	/** Unplugs for good; safe to call twice. */
	close(): Promise<void>;
};

/** Plugs in a scanner under `link`. A link that is there already is replaced. */
export function plugScanner(link: string): MockScanner {
	const heard: Uint8Array[] = [];
	const { write, unplug, replug } = plugCable(link, (bytes) => heard.push(bytes));
	const send = async (bytes: Uint8Array) => {
		await write(bytes);
		return bytes;
	};
	const show = (aim: string, content: string) => send(Buffer.from(`${aim}${content}\r`, "latin1"));
	return {
		link,
		get received() {
			return Buffer.concat(heard);
		},
		send: async (bytes) => void (await send(bytes)),
		show,
		showCard: (card) => show(card.symbology ?? "]Q1", cardText(card)),
		garbage: (seed, length) => send(garbageBytes(seed, length)),
		unplug,
		replug,
		close: unplug,
	};
}

if (import.meta.main) await runScannerProgram(plugScanner);
