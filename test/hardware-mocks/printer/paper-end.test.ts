import fc from "fast-check";
import { expect, test } from "vitest";
import type { PrinterFacts } from "../../../hardware-mocks/printer/facts.ts";
import { models } from "../../../hardware-mocks/printer/models.ts";
import { bytes, cut, lf, printerOf } from "./loose.ts";
import { commands } from "./sample.ts";

const confirm = commands.confirm("A001");
const echo = [0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0x00];
const lines = bytes("first\nsecond\nthird\n", cut, confirm);
/** A line is 24 rows of dots and 6 of white. */
const [line, half] = [30, 12];

function endsAfter(dots: number, facts: Partial<PrinterFacts> = {}, sent: Uint8Array = lines) {
	const printer = printerOf(facts);
	printer.device.endRollAfter(dots);
	printer.device.receive(sent);
	return printer;
}

test("the roll ends in the middle of a line: the printer stops, tells so, and confirms nothing", () => {
	const { device, texts, replies } = endsAfter(line + half);
	expect(texts()).toEqual(["first\n[12 of 24 rows of dots: text]"]);
	device.receive(bytes([0x10, 0x04, 1], [0x10, 0x04, 4]));
	expect(replies()).toEqual([[0x1a], [0x7e]]);
});

test("an Epson prints the line again on the new roll and goes on, with its confirmation at the end", () => {
	const { device, texts, replies, lost } = endsAfter(line + half);
	device.mend();
	expect(texts()).toEqual(["first\n[12 of 24 rows of dots: text]", "second\nthird", ""]);
	expect(replies()).toEqual([echo]);
	expect(lost).toEqual([]);
});

test("other printers print the rest of the line only", () => {
	const { device, texts, replies } = endsAfter(line + half, { afterReload: "rest" });
	device.mend();
	expect(texts()).toEqual([
		"first\n[12 of 24 rows of dots: text]",
		"[12 of 24 rows of dots: text]\nthird",
		"",
	]);
	expect(replies()).toEqual([echo]);
});

test("a cheap printer forgets what it had, and says which bytes those were to its record only", () => {
	const { device, texts, replies, lost } = endsAfter(line + half, { afterReload: "loses" });
	device.mend();
	expect(texts()).toEqual(["first\n[12 of 24 rows of dots: text]", ""]);
	expect(replies()).toEqual([]);
	expect(lost).toEqual([{ why: "reload", bytes: [...bytes("second\nthird\n", cut, confirm)] }]);
	device.receive(bytes("next\n", cut));
	expect(texts()).toContain("next");
});

test("a cover that is opened in between is as a new roll, but the paper stays one piece", () => {
	const { device, texts } = printerOf();
	device.receive(bytes("first\nsec"));
	device.change({ coverOpen: true });
	device.receive(bytes("ond\n", cut));
	expect(texts()).toEqual(["first"]);
	device.mend();
	expect(texts()).toEqual(["first\nsecond", ""]);
});

test("a symbol is printed again, a picture goes on with its next row", () => {
	const qr = bytes(commands.qr("https://ex.test", 4, "M"), cut);
	const symbol = endsAfter(50, {}, qr);
	symbol.device.mend();
	expect(symbol.texts()).toEqual([
		expect.stringMatching(/^\[50 of \d+ rows of dots: qr\]$/),
		"[QR https://ex.test]",
		"",
	]);
	const rows = Array.from({ length: 40 }, () => 0xaa);
	const picture = endsAfter(15, {}, bytes([0x1d, 0x76, 0x30, 0, 1, 0, 40, 0], rows, cut));
	picture.device.mend();
	expect(picture.texts()).toEqual(["[15 of 40 rows of dots: raster]", "[25 of 40 rows of dots: raster]", ""]);
});

test("the roll is low before it ends", () => {
	const { device } = printerOf();
	device.endRollAfter(4 * line, 2 * line);
	device.receive(bytes("1\n2\n"));
	expect(device.condition.paper).toBe("low");
	device.receive(bytes("3\n"));
	expect(device.condition.paper).toBe("low");
	device.receive(bytes("4\n"));
	expect(device.condition.paper).toBe("out");
});

test("a blade that sticks at the cut leaves the paper hanging until it is freed, then cuts", () => {
	const { device, pieces, texts, replies } = printerOf();
	device.jamAtNextCut();
	device.receive(lines);
	expect(device.condition.cutterJammed).toBe(true);
	expect([pieces, replies()]).toEqual([[], []]);
	expect(texts()).toEqual(["first\nsecond\nthird"]);
	device.receive(bytes([0x10, 0x05, 1]));
	expect(pieces.map(({ edge }) => edge)).toEqual(["cut"]);
	expect(replies()).toEqual([echo]);
});

test("DLE ENQ does not help a printer without paper, nor a broken one", () => {
	const { device, texts } = endsAfter(line + half);
	device.receive(bytes([0x10, 0x05, 1], [0x10, 0x05, 2]));
	expect(device.condition.paper).toBe("out");
	device.change({ broken: true });
	device.receive(bytes([0x10, 0x05, 2]));
	expect(device.condition.broken).toBe(true);
	expect(texts()).toHaveLength(1);
});

test("DLE DC4 8 forgets the rest of a line that is half on paper", () => {
	const { device, texts, lost } = endsAfter(line + half);
	device.receive(bytes([0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08]));
	device.mend();
	device.receive(bytes("next\n", cut));
	expect(texts()).toEqual(["first\n[12 of 24 rows of dots: text]", "next", ""]);
	expect(lost.map(({ why }) => why)).toEqual(["cleared"]);
});

test("power that fails takes what waits and every setting, and leaves the paper", () => {
	const { device, texts, lost, replies } = endsAfter(line + half, {});
	device.receive(bytes([0x1d, 0x61, 0xff]));
	device.powerOff();
	device.receive(bytes("nobody hears", lf));
	device.mend();
	device.powerOn();
	device.receive(bytes([0x1b, 0x74, 17], [0x8f], lf));
	device.change({ coverOpen: true });
	expect(replies()).toEqual([]);
	expect(texts()).toEqual(["first\n[12 of 24 rows of dots: text]", "П"]);
	expect(lost.map(({ why }) => why)).toEqual(["power"]);
});

const named = Object.entries(models);

test.each(named)("wherever the roll ends, a %s has each line on paper as it says it does", (_name, model) => {
	fc.assert(
		fc.property(fc.nat(200), (dots) => {
			const { device, texts, lost } = endsAfter(dots, model, bytes([0x1c, 0x2e], "first\nsecond\nthird\n"));
			const isOut = device.condition.paper === "out";
			device.mend();
			device.tear();
			const paper = texts().join("\n");
			const whole = ["first", "second", "third"].filter((word) => paper.split(word).length === 2);
			const { afterReload = "line-again" } = model as PrinterFacts;
			if (!isOut || afterReload === "line-again") expect(whole).toHaveLength(3);
			else if (afterReload === "rest") expect(whole.length).toBeGreaterThanOrEqual(2);
			else expect(whole).toHaveLength(Math.min(3, Math.floor((dots + 6) / line)));
			// White that is to come after the last line waits, too.
			expect(lost.length > 0).toBe(isOut && afterReload === "loses" && dots < 3 * line);
		}),
	);
});
