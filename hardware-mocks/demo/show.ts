import { relative } from "node:path";
import { styleText } from "node:util";
import { terminalView } from "../printer/terminal.ts";
import type { Performance } from "./play.ts";

/** Progress on the terminal: one line a step, with the seconds since the start. */
export function stepTeller(out: NodeJS.WritableStream): (step: string) => void {
	const begun = performance.now();
	return (step) => {
		const seconds = ((performance.now() - begun) / 1_000).toFixed(2).padStart(6);
		out.write(`${styleText("dim", `${seconds} s`)}  ${step}\n`);
	};
}

/** The end of the story for a person: what the cashier reads, the paper, and the facts that must agree. */
export function showPerformance(performance: Performance, out: NodeJS.WritableStream): void {
	const { outcome, print, receipt, receiptPng, counted, timings } = performance;
	out.write(`\n${display(outcome)}\n`);
	if (print?.cashier !== undefined) out.write(`${display(print)}\n`);
	if (receipt !== undefined) out.write(`\n${terminalView(receipt)}\n`);
	if (receiptPng !== null) out.write(`\nThe same as a picture: ${relative(process.cwd(), receiptPng)}\n`);
	const { transactions, paid, receipts } = counted;
	out.write(
		`\nAt the server: ${transactions} transaction(s), money moved in ${paid}. Printed: ${receipts} receipt(s).\n`,
	);
	const wire = timings.keyToWireMs;
	out.write(`Scan to event: ${timings.scanToEventMs.toFixed(2)} ms.`);
	out.write(wire === null ? "\n" : ` Key press to the server: ${wire.toFixed(2)} ms.\n`);
}

/** The cashier's display: at most three lines of 40 characters. */
function display(facts: Readonly<Record<string, unknown>>): string {
	const cashier = facts.cashier as { title: string; text: string } | undefined;
	const lines = cashier === undefined ? [`${facts.state}`] : [cashier.title, ...wrapped(cashier.text, 40)];
	const edge = (left: string, right: string) => `${left}${"─".repeat(42)}${right}`;
	const rows = lines.map((line) => `│ ${line.padEnd(40)} │`);
	return [edge("┌", "┐"), ...rows, edge("└", "┘")].join("\n");
}

function wrapped(text: string, columns: number): string[] {
	const lines: string[] = [""];
	for (const word of text.split(" ")) {
		const last = lines.at(-1) ?? "";
		const longer = last === "" ? word : `${last} ${word}`;
		if (longer.length <= columns) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}
