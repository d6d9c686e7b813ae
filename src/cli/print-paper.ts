import type { PrintedReceipt } from "../../hardware-mocks/printer/receipt.ts";
import type { Block } from "../model/block.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";

/** The mock printers that are made like the models of the drivers; any other is a cheap one of its width. */
const likes = {
	"bixolon-srp-350iii": "bixolon",
	"citizen-ct-s310ii": "citizen",
	"epson-tm-m30iii": "tm-m30iii",
	"epson-tm-t20iii": "tm-t20iii",
	"epson-tm-t20iii-42": "tm-t20iii",
	"epson-tm-t88v": "tm-t88v",
	"epson-tm-t88vi": "tm-m30iii",
	"rongta-rp326": "rongta",
} as const satisfies Readonly<Record<string, string>>;

/** What a printer makes of a block. */
export type Paper = {
	/** One piece for each cut. */
	readonly pieces: readonly PrintedReceipt[];
	/** What a real printer would answer with garbage or silence. */
	readonly mistakes: readonly string[];
	/** A piece as it looks, for a terminal. */
	readonly view: (piece: PrintedReceipt) => string;
};

/**
 * Prints a block on a printer that is not there: through the driver's bytes and an interpreter of them that shares no
 * code with it. Loaded only when asked for: it brings fonts and a drawing library that the daemon has no use for.
 * @param at wall-clock ms of the paper.
 */
export async function printOnMock(driver: PrinterDriver, block: Block, at: number): Promise<Paper> {
	const { Device } = await import("../../hardware-mocks/printer/device.ts");
	const { models } = await import("../../hardware-mocks/printer/models.ts");
	const { receiptOf } = await import("../../hardware-mocks/printer/receipt.ts");
	const { terminalView } = await import("../../hardware-mocks/printer/terminal.ts");
	const { id, dots, columns, codePage } = driver;
	const pieces: PrintedReceipt[] = [];
	const mistakes: string[] = [];
	const model = models[isLike(id) ? likes[id] : dots < 500 ? "58mm" : "80mm"];
	const pages =
		"codePages" in model ? { codePages: { ...model.codePages, [codePage.number]: codePage.encoding } } : {};
	const device = new Device(
		{ ...model, ...pages, dots },
		{
			printed: (piece, bytes) => void pieces.push(receiptOf(piece, bytes, { at, dots, columns })),
			mistake: (what) => void mistakes.push(what),
			reply: () => undefined,
			drawer: () => undefined,
		},
	);
	device.receive(driver.encode(block));
	// A printer without a blade: someone tears the paper off.
	if (device.hanging.piece.marks.some(({ kind }) => kind !== "blank")) device.tear();
	return { pieces, mistakes, view: terminalView };
}

function isLike(id: string): id is keyof typeof likes {
	return Object.hasOwn(likes, id);
}
