import { expect, test } from "vitest";
import { russianKeys, usKeys } from "../../hardware-mocks/scanner/keys-tables.ts";
import { controlOf, keyboards } from "../../src/scan/keyboards.ts";

const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));

/** The characters of a layout that the table reads from where a scanner presses them. */
const readRight = (places: typeof usKeys, keyboard: "us" | "ru") =>
	[...places].filter(([character, { usage, shifted }]) => {
		return keyboards[keyboard].keys[usage]?.[shifted ? 1 : 0] === character;
	});

test("on a US keyboard every printable ASCII character has its key", () => {
	expect([...usKeys.keys()].filter((character) => character >= " ").toSorted()).toEqual(printable.toSorted());
	expect(readRight(usKeys, "us")).toEqual([...usKeys]);
});

test("on a Russian keyboard all but a few have one, and № besides", () => {
	expect(printable.filter((character) => !russianKeys.has(character))).toEqual([..."#$&@^|"]);
	expect(russianKeys.get("№")).toEqual({ usage: 0x20, shifted: true });
	expect(readRight(russianKeys, "ru")).toEqual([...russianKeys]);
});

test.each([
	["keypad", [0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x61, 0x62, 0x63, 0x67], "/*-+\r190.="],
	["ISO", [0x64, 0x32], "\\#"],
	["named", [0x28, 0x29, 0x2a, 0x2b, 0x2c], "\r\x1b\b\t "],
] as const)("%s keys are the same on both keyboards", (_, usages, characters) => {
	for (const { keys } of [keyboards.us, keyboards.ru])
		expect(usages.map((usage) => keys[usage]?.[0]).join("")).toBe(characters);
});

test("keys that type nothing have no character", () => {
	// Caps Lock, F1, F8, Right, Num Lock, Application.
	for (const usage of [0x39, 0x3a, 0x41, 0x4f, 0x53, 0x65]) {
		expect(keyboards.us.keys[usage]).toBeUndefined();
		expect(controlOf(usage)).toBeUndefined();
	}
});

test("Ctrl makes the control character of a key", () => {
	const controls = Array.from({ length: 26 }, (_, index) => controlOf(0x04 + index));
	expect(controls).toEqual(Array.from({ length: 26 }, (_, index) => String.fromCharCode(1 + index)));
	// [ \ ] on a US and on an ISO keyboard, 6, -, 2.
	expect([0x2f, 0x31, 0x64, 0x30, 0x23, 0x2d, 0x1f].map(controlOf)).toEqual([
		..."\x1b\x1c\x1c\x1d\x1e\x1f\0",
	]);
	// 1, Enter, ` and 7 of the keypad have none.
	expect([0x1e, 0x28, 0x35, 0x5f].map(controlOf)).toEqual([undefined, undefined, undefined, undefined]);
});

test("the tables are frozen", () => {
	for (const keyboard of Object.values(keyboards)) {
		expect(Object.isFrozen(keyboard)).toBe(true);
		expect(Object.isFrozen(keyboard.keys)).toBe(true);
	}
});
