import { expect, test, vi } from "vitest";
import { openZxingJs } from "../../../src/scan/pictures/zxing-js.ts";
import { openZxingWasm } from "../../../src/scan/pictures/zxing-wasm.ts";
import * as drawing from "./drawing.ts";

const engine = openZxingJs();
const scales = { code128: 2, pdf417: 2, datamatrix: 4, qrcode: 4 } as const;

async function clean(kind: drawing.Kind, quarter: number) {
	const symbol = await drawing.greyOf(await drawing.symbolPng(kind, drawing.content, scales[kind]));
	return drawing.turn(symbol, quarter);
}

/** Data Matrix this engine hardly ever finds; that is why it is not the first choice. */
test.each(["code128", "pdf417", "qrcode"] as const)(
	"a clean %s is read however it is turned",
	async (kind) => {
		for (const quarter of drawing.quarters) {
			const reads = engine(await clean(kind, quarter), 1);
			expect(reads.map(({ bytes }) => Buffer.from(bytes).toString("latin1"))).toEqual([drawing.content]);
		}
	},
);

test.each([
	["code128", "abc\x1d12", 2],
	["gs1-128", "(01)04600000000008(10)AB(21)x", 2],
	["ean13", "4600000000008", 3],
	["qrcode", "при", 4],
	["pdf417", "22N000\\\r\n", 3],
] as const)("it reads of %s %j the same as the other engine", async (bcid, text, scale) => {
	const grey = await drawing.greyOf(await drawing.symbolPng(bcid, text, scale));
	const other = await openZxingWasm();
	expect(engine(grey, 1)).toEqual(other(grey, 1));
});

test("what it finds nothing in is told to nobody", () => {
	const warned = vi.spyOn(console, "warn");
	expect(engine(drawing.noise(drawing.frame(160, 120), 40, drawing.randomFrom(1)), 1)).toEqual([]);
	expect(engine(drawing.frame(160, 120), 1)).toEqual([]);
	expect(engine({ pixels: new Uint8Array(1), width: 1, height: 1 }, 1)).toEqual([]);
	expect(warned).not.toHaveBeenCalled();
	warned.mockRestore();
});
