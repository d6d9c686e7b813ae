import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createCanvas } from "@napi-rs/canvas";
import { beforeAll, expect, test } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { drawnSetupCode } from "../../drivers/printers/symbols/drawn.ts";
import { setupSheets } from "../../drivers/scanners/setup-codes.ts";
import { printOnMock } from "../../src/cli/print-paper.ts";
import { setupBlock } from "../../src/cli/print-setup.ts";
import { driverOfWidth } from "../../src/cli/print-width.ts";
import { codesIn } from "../stories/selftest-kit.ts";

beforeAll(async () => {
	const file = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
	const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
	await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
});

test.each(Object.entries(setupSheets))(
	"each setup code of %s comes out as a code that a scanner reads, the unverified ones with a word of it",
	async (_, sheet) => {
		const driver = driverOfWidth(48);
		for (const code of sheet.codes) {
			const { pieces, mistakes } = await printOnMock(
				driver,
				setupBlock({ ...sheet, codes: [code] }, driver),
				0,
			);
			const [piece] = pieces;
			expect(mistakes).toEqual([]);
			expect(piece?.text.includes("не проверено")).toBe(!code.verified);
			const read = piece && (await codesIn(piece.png));
			expect(read?.get("code128")).toBe(code.data);
			expect(await isForTheReader(code.data)).toBe(true);
		}
	},
);

/** Whether a code begins with FNC3, which tells a scanner that it is the one who is meant. */
async function isForTheReader(data: string): Promise<boolean> {
	const { width, height, dots } = drawnSetupCode(data, 576) ?? { width: 0, height: 0, dots: [] };
	const margin = 40;
	const canvas = createCanvas(width + 2 * margin, height + 2 * margin);
	const context = canvas.getContext("2d");
	context.fillStyle = "white";
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.fillStyle = "black";
	dots.forEach((dot, at) => {
		if (dot === 1) context.fillRect(margin + (at % width), margin + Math.floor(at / width), 1, 1);
	});
	const [read] = await readBarcodes(Uint8Array.from(canvas.toBuffer("image/png")), { formats: ["Code128"] });
	return read?.readerInit === true;
}
