/** A keyboard layout as a scanner is set to it. */
export type Keyboard = {
	/** By HID usage (usage tables, page 07): the character without and with Shift. */
	readonly keys: Readonly<Record<number, readonly [plain: string, shifted: string]>>;
	/** The code pages of ALT codes, by their names in the WHATWG encoding standard. */
	readonly ansi: string;
	readonly oem: string;
};

/** Keys that follow one another, from `first` on: their characters without and with Shift. */
function run(
	first: number,
	plain: string,
	shifted = plain,
): (readonly [number, readonly [string, string]])[] {
	return [...plain].map(
		(character, index) => [first + index, [character, [...shifted][index] ?? ""]] as const,
	);
}

/** ANSI keyboard, and the two keys that only ISO keyboards have. Num Lock is taken to be on: a scanner types digits. */
const usKeys = Object.freeze(
	Object.fromEntries([
		...run(0x04, "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
		...run(0x1e, "1234567890", "!@#$%^&*()"),
		// Enter, Escape, Backspace, Tab, Space.
		...run(0x28, "\r\x1b\b\t "),
		...run(0x2d, "-=[]\\#;'`,./", '_+{}|~:"~<>?'),
		// The keypad, from division to the point; then its equals sign.
		...run(0x54, "/*-+\r1234567890."),
		...run(0x64, "\\", "|"),
		...run(0x67, "="),
	]),
);

/** Where the Russian layout (ЙЦУКЕН) has another character on a key that is no letter in it. */
const russianKeys = Object.freeze(
	Object.fromEntries([
		...run(0x1f, "2", '"'),
		...run(0x20, "3", "№"),
		...run(0x21, "4", ";"),
		...run(0x23, "6", ":"),
		...run(0x24, "7", "?"),
		...run(0x31, "\\", "/"),
		...run(0x38, ".", ","),
	]),
);

/** Of a host in Russia, whatever layout is active on it. */
const pages = Object.freeze({ ansi: "windows-1251", oem: "ibm866" });

/**
 * Layouts by the country keyboard that the scanner is set to. The layout of the host has no part in it: a report
 * carries positions of keys, and kassad reads it below the host's layout.
 *
 * `us`: positions as on a US keyboard. Right for every scanner as it leaves the factory, also where the host types
 * Russian letters.
 *
 * `ru`: a scanner set to Russian presses punctuation where the Russian layout has it (a point is the key 38, a comma
 * Shift and 38), and what that layout lacks where the US keyboard has it. So keys that are Russian letters are read
 * as on the US keyboard, brackets, semicolon, quotes, angle brackets and tilde among them. What neither reaches comes as an ALT
 * code or not at all: `@ # $ ^ &`, and `|` but for the extra key of ISO keyboards. Russian letters that are part of
 * a code cannot be told from Latin ones, unless they come as ALT codes.
 */
export const keyboards: Readonly<Record<"us" | "ru", Keyboard>> = Object.freeze({
	us: Object.freeze({ keys: usKeys, ...pages }),
	ru: Object.freeze({ keys: Object.freeze({ ...usKeys, ...russianKeys }), ...pages }),
});

/**
 * The control character of a key with Ctrl: the low five bits of the key's character from the column 40-5F, Shift or
 * not. So Ctrl+] is GS, Ctrl+6 (`^`) RS, Ctrl+- (`_`) US, Ctrl+2 (`@`) NUL. By the US keyboard under any layout, as
 * the scanners' tables have it. Undefined when the key has no such character.
 */
export function controlOf(usage: number): string | undefined {
	const [plain, shifted] = usKeys[usage] ?? ["", ""];
	const character = [plain.toUpperCase(), shifted].find((one) => /^[@-_]$/.test(one));
	return character && String.fromCharCode(character.charCodeAt(0) & 0x1f);
}
