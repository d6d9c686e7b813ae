import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { printerDrivers } from "../../drivers/index.ts";
import { drawReceipt } from "../../hardware-mocks/printer/drawing.ts";
import type { PrintedReceipt } from "../../hardware-mocks/printer/receipt.ts";
import { printOnMock } from "../../src/cli/print-paper.ts";
import { sampleDocument } from "../../src/cli/print-samples.ts";
import { driverOfWidth } from "../../src/cli/print-width.ts";
import { loadDocuments } from "../../src/documents.ts";
import type { Block, Picture } from "../../src/model/block.ts";
import { documentBlock } from "../../src/print/documents/documents.ts";
import type { Engine } from "../../src/scan/pictures/engine.ts";
import type { Grey } from "../../src/scan/pictures/grey.ts";
import { openZxingJs } from "../../src/scan/pictures/zxing-js.ts";
import { openZxingWasm } from "../../src/scan/pictures/zxing-wasm.ts";
import { dotsOf, pngOf } from "../print/documents/one-bit-png.ts";
import { titles } from "../print/documents/paper.ts";

/** What was looked at and found good. To approve what is drawn now: APPROVE=1 npx vitest run test/cli/print-paper.test.ts */
const approved = join(import.meta.dirname, "../print/documents/approved");
const out = join(import.meta.dirname, "../../out/documents");

const templates = loadDocuments();
const documents = [
	...(["payment", "refund", "fiscal-receipt", "shift-report", "self-test", "self-test-result"] as const),
];
const widths = [24, 32, 42, 48] as const;
const cases = documents.flatMap((document) => widths.map((columns) => ({ document, columns })));
type Case = { readonly document: (typeof documents)[number]; readonly columns: number };

function blockOf({ document, columns }: Case, mark: "original" | "copy" | "repeat" = "original"): Block {
	const { title, dots } = driverOfWidth(columns);
	const sample = sampleDocument(document, mark, { printer: title, dots });
	return documentBlock(sample, { columns, templates, titles });
}

async function pieceOf(block: Block, columns: number): Promise<PrintedReceipt> {
	const { pieces, mistakes } = await printOnMock(driverOfWidth(columns), block, 0);
	expect(mistakes).toEqual([]);
	expect(pieces).toHaveLength(1);
	return pieces[0] as PrintedReceipt;
}

async function stripOf(block: Block, columns: number): Promise<Picture> {
	const piece = await pieceOf(block, columns);
	return drawReceipt(piece, piece.dots);
}

/** Compares dot by dot; what differs is left in out/documents to be looked at. */
function expectApproved(name: string, picture: Picture): void {
	const file = join(approved, `${name}.png`);
	if (process.env.APPROVE === "1") writeFileSync(file, pngOf(picture));
	const isSame = existsSync(file) && Buffer.compare(dotsOf(readFileSync(file)).dots, picture.dots) === 0;
	if (!isSame) {
		mkdirSync(out, { recursive: true });
		writeFileSync(join(out, `${name}.png`), pngOf(picture));
	}
	expect(isSame, `${file} against out/documents/${name}.png`).toBe(true);
}

test.each(cases)("the paper of $document on $columns columns is the approved picture", async (which) => {
	expectApproved(`${which.document}-${which.columns}`, await stripOf(blockOf(which), which.columns));
});

test.each(["copy", "repeat"] as const)("a %s is seen to be one at both ends", async (mark) => {
	const block = blockOf({ document: "payment", columns: 32 }, mark);
	expectApproved(`payment-32-${mark}`, await stripOf(block, 32));
});

test.each(Object.values(printerDrivers))(
	"$id prints every document in letters that can be read",
	async (driver) => {
		const { columns, dots, title } = driver;
		for (const document of documents) {
			const sample = sampleDocument(document, "original", { printer: title, dots });
			const block = documentBlock(sample, { columns, templates, titles });
			const { pieces, mistakes } = await printOnMock(driver, block, 0);
			expect([mistakes, pieces.length, driver.unmapped(block)]).toEqual([[], 1, 0]);
			const paper = pieces[0]?.text.replaceAll(/\s+/g, " ");
			for (const line of block) if (line.kind === "text") expect(paper).toContain(asPrinted(line.text));
		}
	},
);

/** What is the same on every page: letters, digits, and signs of ASCII, up to the first that is not. */
function asPrinted(text: string): string {
	return /^[ -~А-Яа-яЁё]*/.exec(text.replaceAll(/\s+/g, " ").trim())?.[0] ?? "";
}

test("one dot more or less is not the approved picture", async () => {
	const strip = await stripOf(blockOf({ document: "payment", columns: 32 }), 32);
	const kept = dotsOf(pngOf(strip));
	expect(Buffer.compare(kept.dots, strip.dots)).toBe(0);
	kept.dots[strip.width * 200 + 17] = 1 - (kept.dots[strip.width * 200 + 17] ?? 0);
	expect(Buffer.compare(kept.dots, strip.dots)).not.toBe(0);
});

describe("the symbols on the pictures", () => {
	const engines: Record<string, Engine> = {};
	beforeAll(async () => {
		Object.assign(engines, { "zxing-wasm": await openZxingWasm(), "zxing-js": openZxingJs() });
	});

	test.each(cases)(
		"of $document on $columns columns are read by both engines",
		async ({ document, columns }) => {
			for (const line of blockOf({ document, columns })) {
				if (line.kind !== "symbol" || isTooWide(line.symbol, columns)) continue;
				const seen = greyOf(rowsOf(await pieceOf([line], columns)));
				expect(read(engines["zxing-wasm"], seen), `${line.symbol} by zxing-wasm`).toEqual([line.data]);
				expect(read(engines["zxing-js"], seen), `${line.symbol} by @zxing/library`).toEqual([line.data]);
			}
		},
	);

	test("of a whole sheet are found by a reader that sees the whole paper", async () => {
		const strip = await stripOf(blockOf({ document: "self-test", columns: 48 }), 48);
		const found = read(engines["zxing-wasm"], greyOf(strip));
		expect(found.sort()).toEqual(["0", "1", "2", "3"].map((digit) => `770000000000000SAMPLE00${digit}`));
	});
});

/** A card's 24 characters have no place as bars on 58 mm paper: there they stand as text. */
function isTooWide(symbol: string, columns: number): boolean {
	return symbol === "code128" && columns < 42;
}

/** The printed rows with white above and below: the second reader looks for Data Matrix in the middle only. */
function rowsOf(piece: PrintedReceipt): Picture {
	const { width, height, dots } = drawReceipt(piece, piece.dots);
	const [first, last] = [dots.indexOf(1), dots.lastIndexOf(1)].map((at) => Math.floor(at / width));
	const from = Math.max(0, (first ?? 0) - 20);
	const to = Math.min(height, (last ?? 0) + 20);
	return { width, height: to - from, dots: dots.slice(from * width, to * width) };
}

/** Black on white, with paper at both sides of the print. */
function greyOf({ width, height, dots }: Picture): Grey {
	const margin = 40;
	const wide = width + 2 * margin;
	const pixels = new Uint8Array(wide * height).fill(255);
	for (const [at, dot] of dots.entries()) {
		if (dot === 1) pixels[Math.floor(at / width) * wide + margin + (at % width)] = 0;
	}
	return { pixels, width: wide, height };
}

function read(engine: Engine | undefined, grey: Grey): string[] {
	return engine?.(grey, 8).map(({ bytes }) => Buffer.from(bytes).toString("utf8")) ?? [];
}
