import { expect, test } from "vitest";
import { sampleDocument } from "../../../src/cli/print-samples.ts";
import { loadDocuments } from "../../../src/documents.ts";
import type { Block } from "../../../src/model/block.ts";
import { documentBlock } from "../../../src/print/documents/documents.ts";
import type { SheetFacts } from "../../../src/print/documents/sheet-filling.ts";
import { onPaper } from "./paper.ts";

const tools = { columns: 32, templates: loadDocuments(), titles: {} };
const sheet = (facts: SheetFacts): Block =>
	documentBlock({ document: "self-test", facts, mark: "original" }, tools);

test("every letter of the Russian alphabet, in both cases, is on the self-test sheet", () => {
	const sample = sampleDocument("self-test", "original", { printer: "P", dots: 384 });
	const paper = onPaper(documentBlock(sample, tools), 32).join("");
	const alphabet = Array.from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя");
	for (const letter of alphabet) expect(paper).toContain(letter);
	for (const letter of alphabet) expect(paper).toContain(letter.toUpperCase());
	for (const sign of "№«»0123456789") expect(paper).toContain(sign);
});

test("a sheet without a brand's key has samples, and says that they are none", () => {
	const facts = { printer: "P", dots: 384, at: 0 };
	const block = sheet(facts);
	expect(block.filter(({ kind }) => kind === "symbol").map((line) => "data" in line && line.data)).toEqual(
		Array(4).fill("KASSAD-SAMPLE"),
	);
	expect(onPaper(block, 32).join(" ")).toContain("Образцы, не карты");
	expect(onPaper(block, 32).join(" ")).not.toContain("Тестовые карты");
});

test("a sheet has a card only in the symbologies in which one can pay", () => {
	const facts = { printer: "P", dots: 384, at: 0, cards: { texts: { qr: "770QR" }, until: 60_000 } };
	const block = sheet(facts);
	expect(block.filter(({ kind }) => kind === "symbol")).toEqual([
		{ kind: "symbol", symbol: "qr", data: "770QR" },
	]);
});
