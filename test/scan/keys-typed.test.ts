import { expect, test } from "vitest";
import { keyboards } from "../../src/scan/keyboards.ts";
import { KeyTyping } from "../../src/scan/keys-typed.ts";

const [a, bracket, f8, capsLock, keypad2, keypad9] = [0x04, 0x30, 0x41, 0x39, 0x5a, 0x61];

/** What the changes type: each the modifiers and the keys that go down. */
function typed(...changes: (readonly [modifiers: number, ...pressed: number[]])[]): string[] {
	const typing = new KeyTyping(keyboards.us);
	return changes.map(([modifiers, ...pressed]) => typing.type({ modifiers, pressed }));
}

test("Shift on either side makes the upper character, whatever Caps Lock is", () => {
	expect(typed([0, a], [0x02, a], [0x20, a])).toEqual(["a", "A", "A"]);
	expect(typed([0, capsLock], [0, a], [0x02, a])).toEqual(["", "a", "A"]);
});

test("Ctrl on either side makes control characters, with Shift too", () => {
	expect(typed([0x01, bracket], [0x10, bracket], [0x03, a])).toEqual(["\x1d", "\x1d", "\x01"]);
});

test("keys without a character, and keys with GUI, type nothing", () => {
	expect(typed([0, f8], [0x08, a], [0x80, a], [0x01, f8])).toEqual(["", "", "", ""]);
});

test("digits while Alt is held are one character, typed when it is let go", () => {
	expect(typed([0x04], [0x04, keypad2], [0x04], [0x04, keypad9], [0x04], [0])).toEqual([
		"",
		"",
		"",
		"",
		"",
		"\x1d",
	]);
	expect(typed([0x40, keypad2, keypad9], [0])).toEqual(["", "\x1d"]);
});

test("a key that goes down as Alt is let go comes behind the character", () => {
	expect(typed([0x04, keypad2, keypad9], [0x02, a])).toEqual(["", "\x1dA"]);
});

test("other keys while Alt is held type nothing and spoil no code", () => {
	expect(typed([0x04, a], [0])).toEqual(["", ""]);
	expect(typed([0x04, keypad2, a, f8, keypad9], [0])).toEqual(["", "\x1d"]);
});

test("keypad digits without Alt are digits", () => {
	expect(typed([0, keypad2, keypad9])).toEqual(["29"]);
});
