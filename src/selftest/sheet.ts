import type { SymbolKind } from "../model/block.ts";
import type { CheckVerdict } from "../model/self-test.ts";
import { type Check, type CheckDesk, green, red, remark, skipped } from "./check.ts";
import type { Loop } from "./loop.ts";

/** The four symbologies of cards, the one that every imager reads first. */
export const sheetSymbols = [
	"qr",
	"datamatrix",
	"pdf417",
	"code128",
] as const satisfies readonly SymbolKind[];

/** Longer than a printer may wait for a new roll is nobody's check. */
const mostPrintMs = 180_000;

/** The sheet with live cards comes out. */
export function sheetCheck(printer: string, loop: Loop): Check {
	return {
		...{ name: `sheet:${printer}`, kind: "interactive", title: remark("sheet", { device: printer }) },
		...{ needs: [`printer:${printer}`], mostMs: mostPrintMs },
		run: async ({ signal }) => {
			const asked = { key: loop.newKey(), document: "self-test", printer };
			const { printId } = await loop.line.call("print.document", asked);
			return printVerdict(Number(printId), printer, loop, signal);
		},
	};
}

/** Eyes look at the sheet, when its codes are read: those do not live long. */
export function lookCheck(printer: string, loop: Loop): Check {
	return {
		...{ name: `look:${printer}`, kind: "interactive", title: remark("look", { device: printer }) },
		...{ needs: [`sheet:${printer}`], mostMs: loop.stepMs },
		run: (desk) => lookVerdict(printer, desk),
	};
}

/** What became of a print, in the end. */
export async function printVerdict(
	printId: number,
	printer: string,
	{ ear }: Pick<Loop, "ear">,
	signal: AbortSignal,
): Promise<CheckVerdict> {
	const over = await ear.next(
		({ type, body }) =>
			type === "print" && body.printId === printId && !["queued", "printing"].includes(`${body.state}`),
		signal,
	);
	return verdictOn(over?.body ?? {}, printer);
}

/** What a print's view says of the paper. */
export function verdictOn(view: Readonly<Record<string, unknown>>, printer: string): CheckVerdict {
	const { state, evidence, reason, detail } = view;
	const facts = { device: printer, fault: String(reason ?? "-"), detail: String(detail ?? "-") };
	if (state === "printed") return green("printed", { evidence: String(evidence) });
	if (reason === "printer-paper-out") return red("printer-paper-out", facts);
	return red(state === "unknown" ? "print-unknown" : "not-printed", facts);
}

async function lookVerdict(printer: string, { confirm }: CheckDesk): Promise<CheckVerdict> {
	if (confirm === undefined) return skipped("nobody-asked");
	const isRight = await confirm(remark("look", { device: printer }));
	return isRight ? green("letters-right") : red("letters-wrong", { device: printer });
}
