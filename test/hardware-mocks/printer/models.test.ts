import iconv from "iconv-lite";
import { expect, test } from "vitest";
import type { PrinterFacts } from "../../../hardware-mocks/printer/facts.ts";
import { type ModelName, models } from "../../../hardware-mocks/printer/models.ts";
import { bytes, cut, lf, printed, printerOf } from "./loose.ts";
import { commands } from "./sample.ts";

const named = Object.entries(models) as [ModelName, PrinterFacts][];
const begin = [0x1b, 0x40, 0x1c, 0x2e];
const page = (n: number) => [0x1b, 0x74, n];

/** Makers' numbers of Cyrillic pages (escpos-printer-db, ReceiptPrinterEncoder). */
const cyrillic: readonly (readonly [ModelName, number, string])[] = [
	...(["tm-t20iii", "tm-t88v", "tm-m30iii"] as const).flatMap((model) =>
		(
			[
				[17, "cp866"],
				[46, "cp1251"],
				[34, "cp855"],
				[44, "cp1125"],
				[53, "rk1048"],
			] as const
		).map(([number, encoding]) => [model, number, encoding] as const),
	),
	["bixolon", 17, "cp866"],
	["bixolon", 28, "cp1251"],
	["bixolon", 46, "cp866"],
	["citizen", 7, "cp866"],
	["citizen", 17, "cp866"],
	["rongta", 7, "cp866"],
	["rongta", 6, "cp1251"],
	["80mm", 17, "cp866"],
	["80mm", 23, "cp1251"],
	["58mm", 17, "cp866"],
	["58mm", 59, "cp866"],
	["58mm", 23, "cp1251"],
	["58mm", 73, "cp1251"],
	["58mm", 60, "cp855"],
];

test.each(cyrillic)("a %s has at page %i %s", (model, number, encoding) => {
	const said = "Съешь ещё этих мягких булок";
	const sent = bytes(begin, page(number), iconv.encode(said, encoding), lf, cut);
	expect(printed(sent, models[model]).texts).toEqual([said]);
});

test.each(Object.entries({ cp866: "ibm866", cp1251: "windows-1251" }))(
	"every letter of %s is as another implementation has it",
	(encoding, label) => {
		const upper = Uint8Array.from({ length: 0x80 }, (_, at) => 0x80 + at);
		const pageNumber = { cp866: 17, cp1251: 46 }[encoding] ?? 0;
		const { texts } = printed(
			bytes(
				begin,
				page(pageNumber),
				upper.filter((b) => b !== 0x98 && b !== 0xa0),
				lf,
				cut,
			),
		);
		const expected = new TextDecoder(label).decode(upper.filter((b) => b !== 0x98 && b !== 0xa0));
		expect(texts[0]?.replace(/\s/g, "")).toBe(expected.replace(/\s/g, ""));
	},
);

test("every page of every model is known", () => {
	for (const [, { codePages = {} }] of named)
		for (const encoding of Object.values(codePages))
			expect(iconv.encodingExists(encoding), encoding).toBe(true);
});

test("the wrong page shows wrong letters: Epson's 866 is Greek on a Rongta, its 1251 is 866 on a Bixolon", () => {
	const sent = (n: number, encoding: string) =>
		bytes(begin, page(n), iconv.encode("Итого", encoding), lf, cut);
	expect(printed(sent(17, "cp866"), models.rongta).texts[0]).toMatch(/[ά-ώΑ-Ω]/);
	expect(printed(sent(46, "cp1251"), models.bixolon).texts[0]).not.toContain("Итого");
});

test.each(named.filter(([, { chinese }]) => chinese))(
	"a %s reads Cyrillic as Chinese until FS ., and says so in GS I where it answers at all",
	(_name, facts) => {
		const said = bytes(page(7), page(17), [0x8f, 0xe0, 0xa8, 0xa2, 0xa5, 0xe2], lf);
		const { device: torn, texts } = printerOf(facts);
		torn.receive(said);
		expect(texts()[0]).toMatch(/\p{Script=Han}/u);
		const { device, replies } = printerOf(facts);
		device.receive(bytes([0x1d, 0x49, 2], [0x1d, 0x49, 69]));
		const china = [...bytes("_CHINA GB18030\0")];
		const typeId = facts.cutter ? 3 : 1;
		expect(replies()).toEqual(facts.identity === null ? [] : [[typeId], china]);
	},
);

test("an Epson says who it is", () => {
	const { device, replies } = printerOf(models["tm-t20iii"]);
	device.receive(bytes(...[65, 66, 67, 68, 1, 2, 3].map((n) => [0x1d, 0x49, n])));
	const text = (said: string) => [...bytes(`_${said}\0`)];
	const bytesOfIt = [[0x20], [0x02], [0x20]];
	expect(replies()).toEqual([
		text("1.04"),
		text("EPSON"),
		text("TM-T20III"),
		text("X7QL000042"),
		...bytesOfIt,
	]);
});

test.each(["58mm", "58mm-bare"] as const)("a %s answers nothing at all", (name) => {
	const { device, happened } = printerOf(models[name]);
	const eot = [1, 2, 3, 4].flatMap((n) => [0x10, 0x04, n]);
	const drawerAndClear = [0x10, 0x14, 1, 0, 1, 0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];
	device.receive(bytes(eot, [0x10, 0x05, 2], drawerAndClear, [0x1d, 0x61, 0xff], [0x1d, 0x72, 1]));
	device.receive(bytes([0x1b, 0x76], [0x1b, 0x75, 0], [0x1d, 0x49, 1], [0x1d, 0x49, 66]));
	device.change({ coverOpen: true });
	expect(happened).toEqual([]);
});

test.each(named.filter(([, { processId }]) => !processId))("a %s prints GS ( H as text", (_name, facts) => {
	const { device, texts, replies } = printerOf(facts);
	device.receive(bytes(begin, commands.confirm("A001"), lf));
	device.tear();
	expect(texts()[0]).toBe("00A001");
	expect(replies()).toEqual([]);
});

test("a symbol that a printer does not know comes out as the letters of its command", () => {
	const { device, texts } = printerOf(models["58mm-bare"]);
	device.receive(bytes(begin, commands.qr("https://ex.test/r/1", 4, "M"), lf));
	expect(texts()[0]?.replaceAll("\n", "")).toBe("k1A2k1Ck1E1k1P0https://ex.test/r/1k1Q0");
	const pdf417 = [0x1d, 0x28, 0x6b, 5, 0, 0x30, 0x50, 0x30, 0x41, 0x42];
	expect(printed(bytes(begin, pdf417, lf, cut), models["58mm"]).texts).toEqual(["k0P0AB"]);
	const graphics = [0x1d, 0x28, 0x4c, 2, 0, 0x30, 0x32];
	expect(printed(bytes(begin, graphics, lf, cut), models["80mm"]).texts).toEqual(["L02"]);
	const datamatrix = [0x1d, 0x28, 0x6b, 5, 0, 0x36, 0x50, 0x30, 0x41, 0x42];
	expect(printed(bytes(datamatrix, lf, cut), models["tm-t20iii"]).texts).toEqual(["k6P0AB"]);
});

test("a Q583P cuts by ESC i only, and a printer without a blade is torn off", () => {
	const { device, pieces, mistakes } = printerOf(models.q583p);
	device.receive(bytes(begin, "a\n\n\n\n\n", cut));
	expect(pieces).toEqual([]);
	expect(mistakes()).toEqual(["GS V: this printer cuts by ESC i only"]);
	device.receive(bytes([0x1b, 0x69]));
	expect(pieces.map(({ edge }) => edge)).toEqual(["partial"]);
	expect(printed(bytes(begin, "a\n", cut), models["58mm"]).pieces.map(({ edge }) => edge)).toEqual(["torn"]);
});

test("modules larger than a clone's 8 dots are refused", () => {
	expect(printed(bytes(commands.qr("x", 9, "M"), cut), models["80mm"]).mistakes).toEqual([
		"GS ( k fn 67: 9 dots a module, 1 to 8 are possible",
	]);
});
