import { expect, test } from "vitest";
import { symbolFor as symbolForLine } from "../../../../drivers/printers/symbols/symbol.ts";
import type { SymbolKind } from "../../../../src/model/block.ts";
import { model } from "../facts.ts";

const symbolFor = (symbol: SymbolKind, data: string, facts: ReturnType<typeof model>) =>
	symbolForLine({ kind: "symbol", symbol, data }, facts);

const how = (...given: Parameters<typeof symbolFor>) => {
	const head = Buffer.from(symbolFor(...given)?.bytes ?? [])
		.subarray(0, 3)
		.toString("latin1");
	return { "\x1d(k": "command", "\x1dh\x50": "command", "\x1dv0": "picture", "": "neither" }[head];
};

test("a symbol is the printer's own where it draws it, else a picture", () => {
	for (const kind of ["code128", "pdf417", "datamatrix", "qr"] as const) {
		expect(how(kind, "12345678", model())).toBe("command");
		expect(how(kind, "12345678", model({ symbols: [] }))).toBe("picture");
	}
});

test("data with control characters is a picture: none reaches a printer as a byte of its own", () => {
	expect(how("qr", "a\x1b@b", model())).toBe("picture");
	expect(how("code128", "a\x1b@", model())).toBe("picture");
});

test("too long data and none are neither", () => {
	expect(how("code128", "x".repeat(60), model())).toBe("neither");
	expect(how("qr", "", model())).toBe("neither");
	expect(how("code128", "Ж", model({ symbols: [] }))).toBe("neither");
});

test("the height is that of the paper it takes", () => {
	expect(symbolFor("code128", "1", model())?.height).toBe(80);
	expect(symbolFor("code128", "1", model({ symbols: [] }))?.height).toBe(80);
	expect(symbolFor("qr", "1", model())?.height).toBe(126);
	expect(symbolFor("qr", "1", model({ symbols: [] }))?.height).toBe(174);
});

test("a line is placed once for each model, and again for a line like it", () => {
	const line = { kind: "symbol", symbol: "qr", data: "1" } as const;
	const [facts, others] = [model(), model({ symbols: [] })];
	expect(symbolForLine(line, facts)).toBe(symbolForLine(line, facts));
	expect(symbolForLine(line, others)).not.toEqual(symbolForLine(line, facts));
	expect(symbolForLine({ ...line }, facts)).not.toBe(symbolForLine(line, facts));
});
