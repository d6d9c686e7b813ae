import { Device } from "../../../hardware-mocks/printer/device.ts";
import type { PrinterFacts } from "../../../hardware-mocks/printer/facts.ts";
import type { Piece } from "../../../hardware-mocks/printer/paper.ts";
import { textOf } from "../../../hardware-mocks/printer/text.ts";
import type { Speed } from "../../../hardware-mocks/printer/watcher.ts";

type Happening = { readonly what: "reply" | "piece" | "drawer" | "mistake"; readonly value: unknown };

const epson: PrinterFacts = { dots: 576, chinese: false, processId: true, cutter: true };

/** A printer without a socket, and all that came out of it in order. */
export function printerOf(facts: Partial<PrinterFacts> = {}, speed?: Speed) {
	const happened: Happening[] = [];
	const pieces: Piece[] = [];
	const lost: { why: string; bytes: number[] }[] = [];
	const device = new Device(
		{ ...epson, ...facts },
		{
			reply: (bytes) => happened.push({ what: "reply", value: [...bytes] }),
			printed: (piece, bytes) => {
				pieces.push(piece);
				happened.push({ what: "piece", value: { ...piece, bytes: [...bytes] } });
			},
			drawer: (pin, onMs) => happened.push({ what: "drawer", value: { pin, onMs } }),
			mistake: (value) => happened.push({ what: "mistake", value }),
			lost: (why, bytes) => lost.push({ why, bytes: [...bytes] }),
		},
		speed,
	);
	const mistakes = () => happened.filter(({ what }) => what === "mistake").map(({ value }) => value);
	const replies = () => happened.filter(({ what }) => what === "reply").map(({ value }) => value);
	const texts = () => [...pieces, device.hanging.piece].map(({ marks }) => textOf(marks));
	return { device, happened, pieces, mistakes, replies, texts, lost };
}

/** The text of the only receipt that these bytes print, and the mistakes in them. */
export function printed(bytes: Uint8Array, facts: Partial<PrinterFacts> = {}) {
	const { device, pieces, mistakes } = printerOf(facts);
	device.receive(bytes);
	return { texts: pieces.map(({ marks }) => textOf(marks)), pieces, mistakes: mistakes() };
}

export const bytes = (...parts: (string | number[] | Uint8Array)[]) =>
	Buffer.concat(
		parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
	);

export const lf = [0x0a];
export const cut = [0x1d, 0x56, 0x41, 0];
