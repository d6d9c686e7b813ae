import { z } from "zod";
import type { SymbolKind } from "../block.ts";

/** How a text stands: `big` is of double size where it fits; `title` is bold and in the middle. */
const textKinds = ["text", "bold", "right", "centre", "title", "big"] as const;

/** `total` is a pair in big letters, where it fits. */
const pairKinds = ["pair", "total"] as const;

/** Lines without any content of the shop's own. */
const bareKinds = ["rule", "cut", "ruler", "density"] as const;

const symbolKinds = ["code128", "pdf417", "datamatrix", "qr"] as const satisfies readonly SymbolKind[];

const kinds = [...textKinds, ...pairKinds, ...bareKinds, "symbol", "feed", "when", "each"] as const;

export type TextTemplate = { readonly kind: (typeof textKinds)[number]; readonly text: string };

export type PairTemplate = {
	readonly kind: (typeof pairKinds)[number];
	readonly name: string;
	readonly value: string;
};

export type SymbolTemplate = { readonly kind: "symbol"; readonly symbol: SymbolKind; readonly data: string };

export type EachTemplate = {
	readonly kind: "each";
	readonly list: string;
	readonly lines: readonly TemplateLine[];
	/** So many elements are printed; of the others `more` tells the number, unless it is empty. */
	readonly most: number;
	readonly more: string;
};

/** One line of a template, or a few under a condition or for each element of a list. */
export type TemplateLine =
	| TextTemplate
	| PairTemplate
	| SymbolTemplate
	| EachTemplate
	| { readonly kind: "rule" | "cut" | "ruler" | "density" }
	| { readonly kind: "feed"; readonly lines: number }
	| { readonly kind: "when"; readonly hole: string; readonly lines: readonly TemplateLine[] };

/** What a template may name where a line stands. */
export type Scope = {
	readonly holes: readonly string[];
	readonly lists: Readonly<Record<string, readonly string[]>>;
};

const most = { lines: 200, textLength: 200, feed: 20, elements: 100_000 } as const;

/** What is wrong, and where: the path counts from the line. */
type Complain = (path: readonly PropertyKey[], message: string) => undefined;

/** The lines of a template; what is wrong in them is told with its place and what is allowed there. */
export function templateLines(scope: Scope) {
	return z.unknown().transform((given, context): readonly TemplateLine[] => {
		const complain: Complain = (path, message) => {
			context.addIssue({ code: "custom", path: [...path], message });
		};
		return linesOf(given, scope, complain);
	});
}

function linesOf(given: unknown, scope: Scope, complain: Complain): TemplateLine[] {
	if (!Array.isArray(given) || given.length === 0 || given.length > most.lines) {
		complain([], `expected a list of 1 to ${most.lines} lines`);
		return [];
	}
	return given.flatMap((line, at) => {
		const under: Complain = (path, message) => complain([at, ...path], message);
		return lineOf(line, scope, under) ?? [];
	});
}

function lineOf(given: unknown, scope: Scope, complain: Complain): TemplateLine | undefined {
	const [kind, ...rest] = typeof given === "string" ? [given] : Object.keys(given ?? {});
	const content = typeof given === "object" ? (given as Record<string, unknown>)[kind ?? ""] : undefined;
	if (!isOneOf(kinds, kind)) return complain([], `expected a line of one of the kinds: ${kinds.join(", ")}`);
	if (kind === "density" && !scope.holes.includes("dots")) {
		return complain([], "expected density only where the paper's dots are known: on the self-test sheet");
	}
	if (isOneOf(bareKinds, kind)) {
		return typeof given === "string"
			? { kind }
			: complain([kind], `expected ${kind} alone, nothing behind it`);
	}
	if (typeof given === "string") return complain([], `expected something behind ${kind}, as "${kind}: ..."`);
	if (kind === "when" || kind === "each") return nested(kind, given as Nest, scope, complain);
	const stranger = rest[0];
	if (stranger !== undefined)
		return complain([stranger], `expected one kind in a line, which is ${kind} here`);
	const under: Complain = (path, message) => complain([kind, ...path], message);
	if (isOneOf(textKinds, kind)) {
		const text = textOf(content, scope, under);
		return text === undefined ? undefined : { kind, text };
	}
	if (isOneOf(pairKinds, kind)) return pairOf(kind, content, scope, under);
	return kind === "feed" ? feedOf(content, under) : symbolOf(content, scope, under);
}

function pairOf(kind: (typeof pairKinds)[number], content: unknown, scope: Scope, complain: Complain) {
	if (!Array.isArray(content) || content.length !== 2) return complain([], "expected [name, value]");
	const [name, value] = content.map((part, at) =>
		textOf(part, scope, (path, message) => complain([at, ...path], message)),
	);
	return name === undefined || value === undefined ? undefined : { kind, name, value };
}

function feedOf(content: unknown, complain: Complain) {
	if (Number.isInteger(content) && Number(content) >= 1 && Number(content) <= most.feed) {
		return { kind: "feed" as const, lines: Number(content) };
	}
	return complain([], `expected a whole number from 1 to ${most.feed}`);
}

function symbolOf(content: unknown, scope: Scope, complain: Complain) {
	const { kind, data, ...strange } = Object(content) as Record<string, unknown>;
	const stranger = Object.keys(strange)[0];
	if (stranger !== undefined) return complain([stranger], "expected kind and data alone");
	if (!isOneOf(symbolKinds, kind)) return complain(["kind"], `expected one of: ${symbolKinds.join(", ")}`);
	const text = textOf(data, scope, (path, message) => complain(["data", ...path], message));
	return text === undefined ? undefined : { kind: "symbol" as const, symbol: kind, data: text };
}

type Nest = Readonly<Record<string, unknown>>;

function nested(kind: "when" | "each", given: Nest, scope: Scope, complain: Complain) {
	const { [kind]: name, lines, ...others } = given;
	const { most: shown = most.elements, more = "", ...strange } = kind === "each" ? others : { ...others };
	const allowed = kind === "each" ? Object.keys(scope.lists) : scope.holes;
	const stranger = Object.keys(kind === "each" ? strange : others)[0];
	if (stranger !== undefined) return complain([stranger], "expected no such key here");
	if (!isOneOf(allowed, name))
		return complain([kind], expectedNames(kind === "each" ? "lists" : "holes", allowed));
	const under: Complain = (path, message) => complain(["lines", ...path], message);
	if (kind === "when") return { kind, hole: name, lines: linesOf(lines, scope, under) };
	const inner = { holes: [...new Set([...(scope.lists[name] ?? []), ...scope.holes])], lists: {} };
	if (!Number.isInteger(shown) || Number(shown) < 1)
		return complain(["most"], "expected a whole number above 0");
	const words =
		more === "" ? "" : textOf(more, { holes: ["more"], lists: {} }, (_, text) => complain(["more"], text));
	if (words === undefined) return undefined;
	return { kind, list: name, lines: linesOf(lines, inner, under), most: Number(shown), more: words };
}

/** A text whose holes are all on the list; a brace that is no part of a hole is a slip of the pen. */
function textOf(given: unknown, { holes }: Scope, complain: Complain): string | undefined {
	if (typeof given !== "string" || given === "" || given.length > most.textLength) {
		return complain(
			[],
			`expected text of 1 to ${most.textLength} characters, in quotes if it begins with a brace`,
		);
	}
	if (/\p{Cc}/u.test(given)) return complain([], "expected one line of text");
	const strange = [...given.matchAll(/\{([^{}]*)\}/g)].find(([, name]) => !isOneOf(holes, name));
	const isTorn = /[{}]/.test(given.replace(/\{[^{}]*\}/g, ""));
	if (strange === undefined && !isTorn) return given;
	return complain([], expectedNames("holes", holes));
}

function expectedNames(what: "holes" | "lists", names: readonly string[]): string {
	if (names.length === 0) return `expected no ${what} here: there are none`;
	return `expected of ${what} only: ${names.join(", ")}`;
}

function isOneOf<W extends string>(words: readonly W[], word: unknown): word is W {
	return (words as readonly unknown[]).includes(word);
}
