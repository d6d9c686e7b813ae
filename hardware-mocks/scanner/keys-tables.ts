/** Where a character is on a keyboard: HID usage (usage tables 1.12, section 10), and whether Shift is held. */
export type Key = { readonly usage: number; readonly shifted: boolean };

/** Rows of keys as they lie on the desk: usages, characters, characters with Shift. */
type Row = readonly [usages: readonly number[], plain: string, shifted: string];

const digits = [0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27];
const top = [0x14, 0x1a, 0x08, 0x15, 0x17, 0x1c, 0x18, 0x0c, 0x12, 0x13];
const home = [0x04, 0x16, 0x07, 0x09, 0x0a, 0x0b, 0x0d, 0x0e, 0x0f];
const bottom = [0x1d, 0x1b, 0x06, 0x19, 0x05, 0x11, 0x10];

/** Enter, Escape, Backspace, Tab, Space. */
const named: Row = [[0x28, 0x29, 0x2a, 0x2b, 0x2c], "\r\u001B\b\t ", ""];

const letters: readonly Row[] = [
	[top, "qwertyuiop", "QWERTYUIOP"],
	[home, "asdfghjkl", "ASDFGHJKL"],
	[bottom, "zxcvbnm", "ZXCVBNM"],
];

/** Keys that are punctuation on a US keyboard and letters on a Russian one: х ъ ж э ё б ю. */
const russianLetters: Row = [[0x2f, 0x30, 0x33, 0x34, 0x35, 0x36, 0x37], "[];'`,.", '{}:"~<>'];

/** A US keyboard. */
export const usKeys = keysOf([
	named,
	...letters,
	russianLetters,
	[[...digits, 0x2d, 0x2e], "1234567890-=", "!@#$%^&*()_+"],
	[[0x31, 0x38], "\\/", "|?"],
]);

/**
 * What a scanner set to a Russian keyboard presses for plain text: the Russian layout's own punctuation, and Latin
 * letters and the rest by their places on a US keyboard.
 */
export const russianKeys = keysOf([
	russianLetters,
	named,
	...letters,
	[[...digits, 0x2d, 0x2e], "1234567890-=", '!"№;%:?*()_+'],
	[[0x31, 0x38], "\\.", "/,"],
]);

/** Keys by their characters; where a character is on several, the last row has it. */
function keysOf(rows: readonly Row[]): ReadonlyMap<string, Key> {
	const keys = new Map<string, Key>();
	for (const [usages, plain, shifted] of rows) {
		for (const [index, usage] of usages.entries()) {
			keys.set(plain[index] ?? "", { usage, shifted: false });
			if (shifted !== "") keys.set(shifted[index] ?? "", { usage, shifted: true });
		}
	}
	return keys;
}
