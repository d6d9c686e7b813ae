import { expect, test } from "vitest";
import { printersReport } from "../../src/cli/printers-report.ts";

test("a printer is a row of a table, and what is wrong stands below it", () => {
	const report = printersReport({
		printers: [
			{
				printer: { path: "/dev/usb/lp0", vendorId: "04b8", productId: "0e28", deviceId: "MFG:EPSON;MDL:TM;" },
				verdict: "used as printer receipts",
				troubles: ["it is held by cupsd (pid 7)"],
			},
			{ printer: { path: "usb 1-2" }, verdict: "no way to open it", troubles: [] },
		],
		missingPrinters: [{ printer: "bar", path: "usb:1:2", why: "it is not plugged in" }],
	}).split("\n");
	expect(report[3]).toMatch(
		/^│ EPSON TM │ \/dev\/usb\/lp0 │ 04b8:0e28 │ - +│ - +│ used as printer receipts +│$/,
	);
	expect(report[4]).toMatch(/^│ - +│ usb 1-2 +│ - /);
	expect(report.slice(6)).toEqual([
		"Printer bar (usb:1:2) is not there: it is not plugged in.",
		"/dev/usb/lp0: it is held by cupsd (pid 7)",
	]);
});

test("no printers at all is no text", () => {
	expect(printersReport({ printers: [], missingPrinters: [] })).toBe("");
});
