import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { settingsFile, shipped } from "../settings-file.ts";

const { load, complaints } = settingsFile();
const { scanners, printers } = parse(readFileSync(shipped, "utf8"));
const devices = {
	scanners: [scanners[0], { ...scanners[0], name: "second" }],
	printers: [printers[0], { ...printers[0], name: "second" }],
};
const till = (change: object = {}) => ({
	terminalId: "till-2",
	scanners: ["second"],
	printer: "second",
	...change,
});
const wrong = (...terminals: object[]) =>
	complaints(() => load({ ...devices, "store.terminals": terminals }));

test("further tills have scanners and printers of their own, share a printer, or have none", () => {
	const further = [
		till(),
		till({ terminalId: "till-3", scanners: [], printer: "second" }),
		till({ terminalId: "till-4", scanners: ["front"], printer: null }),
	];
	expect(load({ ...devices, "store.terminals": further }).settings.store.terminals).toEqual(further);
});

test.each([
	[
		"a scanner that there is not",
		[till({ scanners: ["second", "third"] })],
		'store.terminals.0.scanners.1: expected one of: front, second, got "third"',
	],
	[
		"a scanner of two tills",
		[till(), till({ terminalId: "till-3" })],
		'store.terminals.1.scanners.0: expected a scanner that stands here once, got "second"',
	],
	[
		"a scanner twice",
		[till({ scanners: ["second", "second"] })],
		'store.terminals.0.scanners.1: expected a scanner that stands here once, got "second"',
	],
	[
		"a printer that there is not",
		[till({ printer: "third" })],
		'store.terminals.0.printer: expected one of: receipt, second, got "third"',
	],
	[
		"the first till's terminalId",
		[till({ terminalId: "till-1" })],
		'store.terminals.0.terminalId: expected a terminalId that no other till has, got "till-1"',
	],
	[
		"a terminalId twice",
		[till(), till({ scanners: [] })],
		'store.terminals.1.terminalId: expected a terminalId that no other till has, got "till-2"',
	],
])("a further till with %s is refused", (_, terminals, words) => {
	expect(wrong(...terminals)).toEqual([words]);
});

test("more than 64 further tills are refused", () => {
	const many = Array.from({ length: 65 }, (_, index) => till({ terminalId: `till ${index}`, scanners: [] }));
	expect(wrong(...many)).toEqual([
		"store.terminals: expected a list of at most 64 tills, [] for none, got a list",
	]);
	expect(wrong(...many.slice(1))).toEqual([]);
});

test("a printer is missed only where there is a list of them", () => {
	const named = { printers: [], "store.terminals": [till({ scanners: [] })] };
	expect(complaints(() => load(named))).toEqual([
		'store.terminals.0.printer: expected one of: none, as the list is empty, got "second"',
	]);
	const [first] = complaints(() => load({ ...named, printers: "none" }));
	expect(first).toMatch(/^printers: /);
});
