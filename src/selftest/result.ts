import { type Check, remark } from "./check.ts";
import type { Loop } from "./loop.ts";
import { printVerdict } from "./sheet.ts";

/** What came of it all goes onto paper, red or green. */
export function resultCheck(printer: string, loop: Loop): Check {
	return {
		...{ name: "result", kind: "interactive", title: remark("result", { device: printer }), mostMs: 180_000 },
		// Where no sheet comes out, no result does.
		needs: [`printer:${printer}`, `sheet:${printer}`],
		run: async ({ results, signal }) => {
			const printId = await loop.printResult(results(), printer);
			return printVerdict(printId, printer, loop, signal);
		},
	};
}
