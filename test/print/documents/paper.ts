import type { Block } from "../../../src/model/block.ts";
import { kopecks } from "../../../src/model/money.ts";
import type { Slip } from "../../../src/model/slip.ts";

export const transactionId = "5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b";

export const titles = { SBP: "СБП", DOLYAME: "Долями", PAYLATE: "Плати позже" };

export const slip: Slip = {
	paymentType: "SBP",
	storeId: "7d5a1f2e-3b6c-4d8f-9a10-2b3c4d5e6f70",
	terminalId: "till-1",
	orderId: "A-100045",
	paymentTransactionId: transactionId,
	operationDateTime: "2025-11-24T21:03:07.123Z",
	qrcId: "AS1000670LSS7DN18SJQDNP4B05KLJL2",
	kzo: "C84A1B9D2E3F4051",
	totalAmount: kopecks(123_456),
	unlisted: {},
};

/** A block as one would see it on paper, a line of text for each line of the block. */
export function onPaper(block: Block, columns: number): string[] {
	return block.map((line) => {
		if (line.kind === "feed") return `[feed ${line.lines}]`;
		if (line.kind === "symbol") return `[${line.symbol}]`;
		if (line.kind !== "text") return `[${line.kind}]`;
		const free = columns / line.size - Array.from(line.text).length;
		return `${" ".repeat(line.align === "centre" ? Math.trunc(free / 2) : 0)}${line.text}`;
	});
}
