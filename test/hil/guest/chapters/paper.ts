import { equal } from "node:assert/strict";
import { statSync } from "node:fs";
import { begin, fact, until } from "../fact.ts";
import { wellPrinter } from "../printer-answers.ts";
import { settings, tillPrinter } from "../printers.ts";
import { kassad, type Till } from "../till.ts";
import { receiptPrinter, type UsbPrinter } from "../usb-printer.ts";

const lp = "/dev/usb/lp0";

/** So much of a sheet is in the printer when it is pulled out: the first questions and the first lines. */
const taken = 600;

/** What the daemon knows of its prints on a real kernel device, with the rules in force. */
export async function tellPaper(till: Till): Promise<void> {
	begin("What the daemon knows of paper");
	await using printer = receiptPrinter(tillPrinter, wellPrinter());
	for (const { name } of settings) {
		await fact(`${name}: a sheet is printed by the printer's own word`, async () => {
			await plug(printer);
			const { state, evidence } = await till.print(name);
			equal(`${state} by ${evidence}`, "printed by process-id");
			return `${printer.received().length} bytes went out`;
		});
		await fact(`${name}: pulled out in the middle of a sheet, nobody knows what is on paper`, async () => {
			printer.stall(taken);
			const before = printer.received().length;
			const verdict = till.print(name);
			await until("the first lines", () => printer.received().length >= before + taken);
			await printer.unplug();
			const { state, reason, detail } = await verdict;
			equal(state, "unknown");
			return `${reason}: ${detail}`;
		});
		await fact(`${name}: without the printer a sheet is not printed, and no byte was lost`, async () => {
			const { state, reason, detail } = await till.print(name);
			equal(`${state}, ${reason}`, "not-printed, printer-unreachable");
			return detail;
		});
		await fact(`${name}: plugged in again it prints what is asked then, and nothing of before`, async () => {
			await plug(printer);
			const { state } = await till.print(name);
			equal(state, "printed");
			equal(sheets(printer.received()), 1);
			return undefined;
		});
		await printer.unplug();
	}
}

/** Sheets end with a cut, GS V. */
function sheets(bytes: Buffer): number {
	return bytes.toString("latin1").split("\u001dV").length - 1;
}

async function plug(printer: UsbPrinter): Promise<void> {
	await printer.plug(0);
	await until("the printer's file to be kassad's", () => {
		return statSync(lp, { throwIfNoEntry: false })?.gid === kassad;
	});
}
