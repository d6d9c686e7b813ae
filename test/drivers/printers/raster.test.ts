import fc from "fast-check";
import { expect, test } from "vitest";
import { raster } from "../../../drivers/printers/raster.ts";
import { holdsRealTime } from "../../../drivers/printers/real-time.ts";
import type { Picture } from "../../../src/model/block.ts";

const picture = (rows: readonly string[]): Picture => ({
	width: rows[0]?.length ?? 0,
	height: rows.length,
	dots: Uint8Array.from(rows.join(""), (dot) => (dot === "#" ? 1 : 0)),
});

/** Bands as a printer reads them: GS v 0, normal size, then bytes and rows in two bytes each. */
function bandsOf(bytes: Uint8Array): { stride: number; rows: number; data: Uint8Array }[] {
	const bands = [];
	for (let at = 0; at < bytes.length; ) {
		const [gs, v, zero, mode, xL = 0, xH = 0, yL = 0, yH = 0] = bytes.subarray(at);
		expect([gs, v, zero, mode]).toEqual([0x1d, 0x76, 0x30, 0]);
		const [stride, rows] = [xL + 256 * xH, yL + 256 * yH];
		bands.push({ stride, rows, data: bytes.subarray(at + 8, at + 8 + stride * rows) });
		at += 8 + stride * rows;
	}
	return bands;
}

const anyPicture = fc
	.record({
		width: fc.integer({ min: 1, max: 640 }),
		height: fc.integer({ min: 1, max: 40 }),
		seed: fc.nat(),
	})
	.map(({ width, height, seed }) => {
		let state = seed;
		// Many lone dots, of which the bytes 10h, 04h, 05h and 14h are made.
		const dots = Uint8Array.from({ length: width * height }, () => {
			state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
			return state >>> 30 === 0 ? 1 : 0;
		});
		return { width, height, dots };
	});

test("a small picture is these bytes and no others", () => {
	const dots = picture(["#.......##", "........##", "#.#.#.#.#."]);
	expect([...raster(dots, 576)]).toEqual([
		...[0x1d, 0x76, 0x30, 0, 2, 0, 3, 0], // GS v 0, normal, 2 bytes in each of 3 rows
		...[0b1000_0000, 0b1100_0000],
		...[0b0000_0000, 0b1100_0000],
		...[0b1010_1010, 0b1000_0000],
	]);
});

test("no band has more than 256 rows or 4 KB", () => {
	const heights = (width: number, height: number) =>
		bandsOf(raster({ width, height, dots: new Uint8Array(width * height) }, 576)).map(({ rows }) => rows);
	expect(heights(8, 600)).toEqual([256, 256, 88]);
	// 72 bytes a row: 56 rows are 4032 bytes.
	expect(heights(576, 120)).toEqual([56, 56, 8]);
});

test("dots beyond the paper are left out", () => {
	expect([...raster(picture(["################"]), 4)].slice(4)).toEqual([1, 0, 1, 0, 0b1111_0000]);
});

test("a picture of no size is no bytes", () => {
	expect(raster(picture([]), 576)).toHaveLength(0);
	expect(raster(picture([""]), 576)).toHaveLength(0);
});

test("a picture whose dots spell DLE EOT 1 is a dot wider, and nothing else", () => {
	const spelling = picture(["...#.........#.........#"]);
	expect([...raster(spelling, 576)].slice(8)).toEqual([0x18, 0x04, 0x01]);
});

test("any picture comes out dot by dot, widened where it would be a request, and never holds one", () => {
	fc.assert(
		fc.property(anyPicture, (drawn) => {
			const bytes = raster(drawn, 576);
			expect(holdsRealTime(bytes)).toBe(false);
			const [width, bands] = [Math.min(drawn.width, 576), bandsOf(bytes)];
			const { stride } = bands[0] ?? { stride: 0 };
			const data = Buffer.concat(bands.map((band) => band.data));
			expect(data).toHaveLength(stride * drawn.height);
			for (let at = 0; at < data.length; at++) {
				let byte = 0;
				for (let bit = 0; bit < 8; bit++) {
					const x = (at % stride) * 8 + bit;
					const black = x < width && drawn.dots[Math.floor(at / stride) * drawn.width + x] === 1;
					byte = byte * 2 + (black ? 1 : 0);
				}
				expect(byte === 0x10 ? [0x10, 0x18] : [byte]).toContain(data[at]);
			}
		}),
		{ numRuns: 30, seed: 5 },
	);
});
