import type { Line } from "../../model/block.ts";
import type {
	EachTemplate,
	PairTemplate,
	SymbolTemplate,
	TemplateLine,
	TextTemplate,
} from "../../model/settings/document-lines.ts";
import { density } from "./density.ts";
import { fill, fillExactly, isEmpty, type Texts } from "./fill.ts";
import { keyValue, lengthOf, rule, ruler, text, wrap } from "./layout.ts";

/** What fills a template, and how wide the paper is: characters of the standard font, and dots where they are known. */
export type Print = {
	readonly holes: Texts;
	readonly lists: Readonly<Record<string, readonly Texts[]>>;
	readonly columns: number;
	readonly dots: number;
};

/** Longer data is no id and no fiscal code (cm_pay_api 1.2.1, `qr` of object `invoice`); no symbol on paper holds it. */
const mostSymbolLength = 999;

/** The lines of a template, filled and laid out for the paper. Two rules with nothing between them are one. */
export function render(lines: readonly TemplateLine[], print: Print): Line[] {
	const across = rule(print.columns).text;
	const isRule = (line: Line | undefined) => line?.kind === "text" && line.text === across;
	return lines
		.flatMap((line) => rendered(line, print))
		.filter((line, at, all) => !isRule(line) || !isRule(all[at - 1]));
}

function rendered(line: TemplateLine, print: Print): Line[] {
	switch (line.kind) {
		case "rule":
			return [rule(print.columns)];
		case "ruler":
			return ruler(print.columns);
		case "density":
			return [{ kind: "picture", picture: density(print.dots), align: "left" }];
		case "cut":
			return [{ kind: "cut" }];
		case "feed":
			return [line];
		case "pair":
		case "total":
			return pair(line, print);
		case "symbol":
			return symbol(line, print);
		case "when":
			return isNothing(print.holes[line.hole]) ? [] : render(line.lines, print);
		case "each":
			return each(line, print);
		default:
			return words(line, print);
	}
}

/** A number of none is nothing, too. */
function isNothing(value: string | undefined): boolean {
	return isEmpty(value) || value === "0";
}

const styles = {
	text: {},
	bold: { bold: true },
	right: { align: "right" },
	centre: { align: "centre" },
	title: { align: "centre", bold: true },
	big: { align: "centre", bold: true },
} as const;

function words({ kind, text: template }: TextTemplate, { holes, columns }: Print): Line[] {
	const content = fill(template, holes);
	if (content === undefined) return [];
	if (kind === "big" && lengthOf(content) * 2 <= columns) return [text(content, { ...styles.big, size: 2 })];
	const indent = kind === "text" || kind === "bold" ? indentOf(template, columns) : "";
	return wrap(content, columns - indent.length).map((line) => text(indent + line, styles[kind]));
}

function pair({ kind, name: names, value: values }: PairTemplate, { holes, columns }: Print): Line[] {
	// Filled together: one line with one set of holes.
	if (fill(names + values, holes) === undefined) return [];
	const [name, value] = [fill(names, holes) ?? "", fill(values, holes) ?? ""];
	if (kind === "pair") {
		return keyValue(name, value, columns, indentOf(names, columns)).map((line) => text(line));
	}
	const [large, ...more] = keyValue(name, value, Math.trunc(columns / 2));
	if (large !== undefined && more.length === 0) return [text(large, { bold: true, size: 2 })];
	return keyValue(name, value, columns).map((line) => text(line, { bold: true }));
}

/** The spaces in front of a template's text, as far as they leave room; a value's own are none. */
function indentOf(template: string, columns: number): string {
	const spaces = template.length - template.trimStart().length;
	return " ".repeat(Math.min(spaces, Math.trunc(columns / 4)));
}

function symbol({ symbol, data: template }: SymbolTemplate, { holes }: Print): Line[] {
	const data = fillExactly(template, holes);
	return data === undefined || data.length > mostSymbolLength ? [] : [{ kind: "symbol", symbol, data }];
}

function each({ list, lines, most, more }: EachTemplate, print: Print): Line[] {
	const elements = print.lists[list] ?? [];
	const shown = elements
		.slice(0, most)
		.flatMap((element) => render(lines, { ...print, holes: { ...print.holes, ...element } }));
	const left = elements.length - most;
	if (left <= 0 || more === "") return shown;
	return [...shown, ...words({ kind: "text", text: more }, { ...print, holes: { more: String(left) } })];
}
