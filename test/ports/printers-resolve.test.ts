import { expect, test } from "vitest";
import { deviceName } from "../../src/ports/plugged-name.ts";
import type { PluggedPrinter } from "../../src/ports/printers.ts";
import { resolvePrinter } from "../../src/ports/printers-resolve.ts";

const printer = (number: number, facts: Partial<PluggedPrinter> = {}): PluggedPrinter => ({
	path: `/dev/usb/lp${number}`,
	vendorId: "04b8",
	productId: "0e28",
	serial: `P${number}`,
	port: `1-${number}`,
	...facts,
});

function find(text: string, ...list: PluggedPrinter[]) {
	const name = deviceName(text);
	if (typeof name === "string") throw new TypeError(name);
	return resolvePrinter(name, list);
}

test("a printer is found by ids, serial number, socket and file", () => {
	const list = [printer(1), printer(2, { productId: "0e15" }), printer(3)] as const;
	expect(find("usb:04b8:0e15", ...list)).toBe(list[1]);
	expect(find("usb:04B8:0E28/serial=P3", ...list)).toBe(list[2]);
	expect(find("usb:04b8:0e28/port=1-1", ...list)).toBe(list[0]);
	expect(find("/dev/usb/lp2", ...list)).toBe(list[1]);
});

test("two that fit are nobody's, and told apart by what differs", () => {
	expect(find("usb:04b8:0e28", printer(1), printer(3))).toEqual({
		why: "two such printers are plugged in (/dev/usb/lp1, /dev/usb/lp3): name one of them, for example with /serial=P1",
	});
	const [one, other] = [printer(1, { serial: "0" }), printer(3, { serial: "0" })];
	expect(find("usb:04b8:0e28", one, other)).toEqual({ why: expect.stringContaining("/port=1-1") });
});

test("two parts of one device are one printer", () => {
	const [one, other] = [printer(1), printer(2, { serial: "P1", port: "1-1" })];
	expect(find("usb:04b8:0e28", one, other)).toBe(one);
});

test("one that is not there is told with the ones of its model that are", () => {
	const none = "it is not plugged in or not switched on";
	expect(find("usb:04b8:0e28/serial=P9", printer(1))).toEqual({
		why: "it is not plugged in; there is the same model with serial=P1, port=1-1",
	});
	expect(find("usb:1fc9:2016", printer(1))).toEqual({ why: none });
	expect(find("/dev/usb/lp9", printer(1))).toEqual({ why: none });
});
