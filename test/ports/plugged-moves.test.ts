import { from, lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import type { Plugged } from "../../src/ports/plugged.ts";
import { moves$ } from "../../src/ports/plugged-moves.ts";
import { type DeviceName, deviceName } from "../../src/ports/plugged-name.ts";

const scanner = (port: string, serial?: string): Plugged => ({
	channel: "hid",
	path: `/dev/hidraw${port.slice(-1)}`,
	vendorId: "0c2e",
	productId: "0b6a",
	usages: [],
	port,
	...(serial === undefined ? {} : { serial }),
});

const movesOver = (names: Record<string, string>, ...lists: Plugged[][]) => {
	const read = Object.entries(names).map(([name, text]) => [name, deviceName(text) as DeviceName] as const);
	return lastValueFrom(moves$(from(lists), new Map(read)).pipe(toArray()));
};

const bySerial = { front: "usb:0c2e:0b6a/serial=A", back: "usb:0c2e:0b6a/serial=B" };
const byPort = { front: "usb:0c2e:0b6a/port=1-1", back: "usb:0c2e:0b6a/port=1-2" };
const both = [scanner("1-1", "A"), scanner("1-2", "B")];
const swapped = [scanner("1-1", "B"), scanner("1-2", "A")];

test("two scanners that change sockets are two moves, even with nothing plugged in between", async () => {
	expect(await movesOver(bySerial, both, [], swapped)).toEqual([
		{ name: "front", kind: "moved", from: "1-1", to: "1-2" },
		{ name: "back", kind: "moved", from: "1-2", to: "1-1" },
	]);
});

test("scanners named by their sockets are told as replaced when their serial numbers change places", async () => {
	expect(await movesOver(byPort, both, swapped)).toEqual([
		{ name: "front", kind: "replaced", from: "A", to: "B" },
		{ name: "back", kind: "replaced", from: "B", to: "A" },
	]);
});

test("a replug into the same socket tells nothing, nor does another device that comes", async () => {
	expect(await movesOver(bySerial, both, [], [both[0] as Plugged], both, [...both, scanner("1-3")])).toEqual(
		[],
	);
});

test("a move is told once", async () => {
	expect(await movesOver(bySerial, both, swapped, [], swapped)).toHaveLength(2);
});

test("a name that fits two devices moves nowhere", async () => {
	const clones = [scanner("1-1"), scanner("1-2")];
	expect(await movesOver({ any: "usb:0c2e:0b6a" }, clones, clones.toReversed(), clones.slice(1))).toEqual([]);
});
