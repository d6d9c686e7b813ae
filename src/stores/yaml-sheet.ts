import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Row, RowFinding, Sheet } from "./row.ts";

/**
 * Reads a YAML list of maps, one for each store. All scalars are text as it stands there: a `zip` of 010000 or a
 * phone of digits is never made a number.
 */
export function yamlSheet(text: string): Sheet {
	const counter = new LineCounter();
	const document = parseDocument(text, { schema: "failsafe", lineCounter: counter, prettyErrors: false });
	const lineAt = (offset: number) => counter.linePos(offset).line;
	const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
		line: lineAt(pos[0]),
		text: message,
	}));
	if (broken.length > 0) return { rows: [], findings: broken };
	if (document.contents === null) return { rows: [], findings: [] };
	if (!isSeq<Node>(document.contents)) {
		return { rows: [], findings: [{ line: 1, text: 'expected a list of stores, each beginning with "- "' }] };
	}
	const read = document.contents.items.map((node) => rowOf(node, lineAt(node.range?.[0] ?? 0)));
	return { rows: read.flatMap(({ row }) => row ?? []), findings: read.flatMap(({ findings }) => findings) };
}

function rowOf(node: Node, line: number): { row?: Row; findings: RowFinding[] } {
	if (!isMap<unknown, Node | null>(node)) {
		return { findings: [{ line, text: "expected a map with the columns of one store" }] };
	}
	const values = new Map<string, Row["values"][string]>();
	const findings: RowFinding[] = [];
	for (const { key, value } of node.items) {
		const column = isScalar(key) ? String(key.value) : "";
		const got = plain(value);
		if (got === undefined) findings.push({ line, column, text: "expected text or a list of words" });
		else if (got.length > 0) values.set(column, got);
	}
	return { row: { line, values: Object.fromEntries(values) }, findings };
}

/** Text, a list of texts, nothing (empty text), or undefined for what is neither. */
function plain(node: Node | null): Row["values"][string] | undefined {
	if (node === null) return "";
	if (isScalar(node)) return String(node.value ?? "").trim();
	if (!isSeq(node) || !node.items.every(isScalar)) return undefined;
	return node.items.map(({ value }) => String(value ?? "").trim());
}
