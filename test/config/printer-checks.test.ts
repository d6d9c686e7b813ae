import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { printerFindings } from "../../src/config/printer-checks.ts";
import type { PrinterSettings } from "../../src/model/settings/devices.ts";
import { shipped } from "../settings-file.ts";

const [receipt]: PrinterSettings[] = parse(readFileSync(shipped, "utf8")).printers;

type Change = Partial<PrinterSettings> & { readonly tuned?: Partial<PrinterSettings["tuning"]> };

function printerWith({ tuned, ...change }: Change): PrinterSettings {
	const { tuning, ...other } = receipt as PrinterSettings;
	return { ...other, ...change, tuning: { ...tuning, ...tuned } };
}

const drivers = {
	"generic-80mm": { columns: 48, dots: 576, answersStatus: true },
	mute: { answersStatus: false },
};
const found = (...changes: readonly Change[]) =>
	printerFindings({ printers: changes.map(printerWith) }, drivers).map(
		({ path, text }) => `${path.join(".")}: ${text}`,
	);

describe("printers that cannot be as the settings say are refused", () => {
	test.each<[string, Change, string]>([
		[
			"more columns than the dots have room for",
			{ tuned: { columns: 64 } },
			"printers.0.tuning.columns: expected at most 48 columns for 576 dots, got 64",
		],
		[
			"fewer dots than the columns need",
			{ tuned: { dots: 384 } },
			"printers.0.tuning.dots: expected at most 32 columns for 384 dots, got 48",
		],
		[
			"proof by a status that is not told",
			{ driver: "mute", tuned: { confirmation: "status" } },
			"printers.0.tuning.confirmation: expected another one than status, because the printer does not tell its status",
		],
		[
			"proof from a file",
			{ connection: { by: "file", path: "/tmp/paper" }, tuned: { confirmation: "paper-barrier" } },
			"printers.0.tuning.confirmation: expected null or none, because nothing comes back by file",
		],
		[
			"status from a spooler",
			{ connection: { by: "spooler", path: "\\\\till\\Receipt" }, tuned: { status: true } },
			"printers.0.tuning.status: expected null or false, because nothing comes back by spooler",
		],
		[
			"a substitute where there is no other printer",
			{ substitute: "kitchen" },
			'printers.0.substitute: expected null, as there is no other printer, got "kitchen"',
		],
	])("%s", (_, change, finding) => {
		expect(found(change)).toEqual([finding]);
	});
});

test("a substitute is another printer of the list", () => {
	expect(found({ substitute: "kitchen" }, { name: "kitchen" })).toEqual([]);
	expect(found({ substitute: "receipt" }, { name: "kitchen", substitute: "bar" })).toEqual([
		'printers.0.substitute: expected another printer: kitchen, got "receipt"',
		'printers.1.substitute: expected another printer: receipt, got "bar"',
	]);
});

test("what can be so is not complained of", () => {
	expect(found({}, { name: "other", tuned: { columns: 32, dots: 384, confirmation: "status" } })).toEqual([]);
	expect(found({ driver: "unknown", tuned: { columns: 42 } })).toEqual([]);
});
