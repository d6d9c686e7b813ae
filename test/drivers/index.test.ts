import { expect, test } from "vitest";
import { printerDrivers, scannerDrivers } from "../../drivers/index.ts";

test("every driver is found by its own id", () => {
	for (const drivers of [scannerDrivers, printerDrivers]) {
		expect(Object.values(drivers).map(({ id }) => id)).toEqual(Object.keys(drivers));
	}
});

test("the lists and the drivers in them are frozen", () => {
	for (const drivers of [scannerDrivers, printerDrivers]) {
		expect([drivers, ...Object.values(drivers)].filter((facts) => !Object.isFrozen(facts))).toEqual([]);
	}
});

test("a name that is no driver's finds nothing", () => {
	expect(printerDrivers.constructor).toBeUndefined();
	expect(scannerDrivers.toString).toBeUndefined();
});

test("each printer's columns, dots and proof of printing are these", () => {
	const facts = Object.values(printerDrivers).map(({ id, columns, dots, confirmation }) => [
		id,
		columns,
		dots,
		Buffer.from(confirmation("A001").request).toString("latin1"),
	]);
	const [processId, barrier] = ["\x1d(H\x06\x0000A001", "\x1dr\x01"];
	expect(facts).toEqual([
		["epson-tm-t20iii", 48, 576, processId],
		["epson-tm-t88v", 42, 512, processId],
		["generic-58mm", 32, 384, barrier],
		["generic-80mm", 48, 576, barrier],
	]);
});
