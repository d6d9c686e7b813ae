import { expect, test } from "vitest";
import { density } from "../../../src/print/documents/density.ts";

const blackIn = (dots: Uint8Array) => dots.reduce((sum, dot) => sum + dot, 0);

test("on paper that is no whole number of bytes wide the picture is not wider than it", () => {
	expect(density(546).width).toBe(544);
});

test.each([192, 384, 512, 576, 1_024])(
	"the picture is as wide as paper of %i dots, edge to edge",
	(width) => {
		const { width: wide, height, dots } = density(width);
		expect([wide, dots.length]).toEqual([width, width * height]);
		for (let y = 0; y < height; y++) expect([dots[y * width], dots[y * width + width - 1]]).toEqual([1, 1]);
	},
);

test("its steps grow from nearly white to black, and its bar has no white dot", () => {
	const { dots } = density(384);
	expect(blackIn(dots.subarray(0, 16 * 384))).toBe(16 * 384);
	const steps = Array.from({ length: 8 }, (_, step) => {
		// Within the step, away from the edge: 40 dots of 40 rows below bar and gap.
		const rows = Array.from({ length: 40 }, (_, y) =>
			dots.subarray((24 + y) * 384 + step * 48 + 4, (24 + y) * 384 + step * 48 + 44),
		);
		return rows.reduce((sum, row) => sum + blackIn(row), 0) / 1_600;
	});
	expect(steps).toEqual([1, 2, 4, 6, 8, 10, 12, 16].map((sixteenths) => sixteenths / 16));
});
