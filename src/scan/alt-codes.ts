import { TextDecoder } from "node:util";
import type { Keyboard } from "./keyboards.ts";

/** No code has more digits: a zero and the greatest code point. */
const mostDigits = 8;

/** A character typed by its number: Alt is held, its digits are typed on the keypad, Alt is let go. */
export class AltCode {
	readonly #ansi: TextDecoder;
	readonly #oem: TextDecoder;
	#digits = "";

	constructor({ ansi, oem }: Pick<Keyboard, "ansi" | "oem">) {
		this.#ansi = new TextDecoder(ansi);
		this.#oem = new TextDecoder(oem);
	}

	/** @param digit of the keypad, `0` to `9`. */
	add(digit: string): void {
		if (this.#digits.length <= mostDigits) this.#digits += digit;
	}

	/**
	 * Alt was let go: the character, or nothing where the digits are none or no character's.
	 *
	 * Numbers below 128 are ASCII, control characters too. From 128 to 255 they are of the ANSI code page when they
	 * begin with a zero, else of the OEM code page. Above, they are Unicode, as rich text fields of Windows take them.
	 */
	end(): string {
		const digits = this.#digits;
		this.#digits = "";
		if (digits === "" || digits.length > mostDigits) return "";
		const value = Number(digits);
		if (value < 0x80) return String.fromCharCode(value);
		if (value <= 0xff) return (digits.startsWith("0") ? this.#ansi : this.#oem).decode(Uint8Array.of(value));
		const isCharacter = value <= 0x10_ffff && (value < 0xd800 || value > 0xdfff);
		return isCharacter ? String.fromCodePoint(value) : "";
	}
}
