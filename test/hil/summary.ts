import { styleText } from "node:util";
import type { Outcome } from "./machine.ts";
import type { Proof } from "./report.ts";

const ends: Readonly<Record<Outcome["end"], string>> = Object.freeze({
	done: "",
	"out of time": "\nThe guest was stopped: it was out of time.",
	"stopped early": "\nThe guest stopped before it was done.",
});

/** The whole run as a table: chapters, their facts, whether each holds, how long it took, and what was measured. */
export function draw({ proofs, end }: Outcome): string {
	const width = Math.max(20, ...proofs.map(({ fact }) => fact.length));
	const chapters = Map.groupBy(proofs, ({ chapter }) => chapter);
	const tables = [...chapters].map(([chapter, own]) => drawChapter(chapter, own, width));
	const held = proofs.filter(({ holds }) => holds).length;
	return `\n${tables.join("\n\n")}\n\n${held} of ${proofs.length} facts hold.${ends[end]}`;
}

function drawChapter(chapter: string, proofs: readonly Proof[], width: number): string {
	const rule = "─".repeat(width + 16);
	const rows = proofs.map((proof) => `  ${drawProof(proof, width)}`);
	return [`  ${chapter}`, `  ${rule}`, ...rows].join("\n");
}

function drawProof({ fact, holds, ms, note }: Proof, width: number): string {
	const time = `${(ms / 1_000).toFixed(2)} s`.padStart(9);
	const mark = holds ? styleText("green", "✔") : styleText("red", "✘");
	const row = `${mark}  ${fact.padEnd(width)} ${time}`;
	return note === "" ? row : `${row}\n${note.replaceAll(/^/gm, "       ")}`;
}
