import { BehaviorSubject } from "rxjs";
import { printerDrivers } from "../drivers/index.ts";
import { loadDocuments } from "../src/documents.ts";
import type { Block } from "../src/model/block.ts";
import type { FaultCode } from "../src/model/fault.ts";
import type { PrintVerdict } from "../src/model/print.ts";
import type { PrinterConditions, PrinterStatus } from "../src/model/printer.ts";
import type { PrintHooks } from "../src/print/press.ts";
import type { Printer } from "../src/print/printer.ts";
import type { Printers } from "../src/printers/printers.ts";

export const documents = loadDocuments();

export const well: PrinterConditions = {
	...{ online: true, coverOpen: false, paper: "enough", cutterError: false, hot: false },
	...{
		mechanicalError: false,
		broken: false,
		waitsForRecovery: false,
		feedButton: false,
		drawerPinHigh: false,
	},
};

export const onPaper: PrintVerdict = { state: "printed", evidence: "paper-barrier" };

/** What becomes of a block; as a real printer it need not begin. */
type Fate = (hooks: PrintHooks, block: Block) => PrintVerdict | Promise<PrintVerdict>;

export const prints: Fate = ({ begun }) => {
	begun();
	return onPaper;
};

/** A printer that cannot begin. */
export const cannotBegin =
	(fault: FaultCode): Fate =>
	() => ({ state: "not-printed", fault });

/** A printer of which a test decides what becomes of each block. A failure of a hook is an honest "not printed". */
export function scriptedPrinter(name = "receipt", fate: Fate = prints, model = "generic-58mm") {
	const blocks: Block[] = [];
	const status$ = new BehaviorSubject<PrinterStatus>({ state: "readable", conditions: well });
	const driver = printerDrivers[model];
	if (driver === undefined) throw new TypeError(`no driver ${model}`);
	const script = { fate };
	const printer: Printer = {
		name,
		driver,
		identity: () => undefined,
		status: () => status$.value,
		status$,
		print: async (block, hooks) => {
			const begun = () => {
				hooks.begun();
				blocks.push(block);
			};
			try {
				return await script.fate({ ...hooks, begun }, block);
			} catch (error) {
				return { state: "not-printed", fault: (error as { code: FaultCode }).code };
			}
		},
		close: async () => undefined,
	};
	return { printer, blocks, status$, script };
}

export function printersOf(...all: readonly Printer[]): Printers {
	return {
		all,
		find: (wanted) => all.find(({ name }) => name === wanted),
		close: async () => undefined,
	};
}

/** The words on a block, a line each. */
export function wordsOn(block: Block = []): string {
	return block.map((line) => ("text" in line ? line.text : line.kind)).join("\n");
}
