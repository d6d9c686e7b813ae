import { AltCode } from "./alt-codes.ts";
import { controlOf, type Keyboard } from "./keyboards.ts";
import type { KeyChange } from "./keys-pressed.ts";

const [ctrl, shift, alt, gui] = [0x11, 0x22, 0x44, 0x88];

/** Keypad digits: their usages are one row with the zero last. */
const [keypad1, keypad0] = [0x59, 0x62];

/**
 * Turns pressed keys into characters. Keys without one (function keys, Caps Lock, Num Lock, keys with GUI) type
 * nothing. Caps Lock is a state of the host that a report does not know, so it never matters.
 */
export class KeyTyping {
	readonly #keys: Keyboard["keys"];
	readonly #altCode: AltCode;
	#altHeld = false;

	constructor(keyboard: Keyboard) {
		this.#keys = keyboard.keys;
		this.#altCode = new AltCode(keyboard);
	}

	/** What the change types; "" is nothing. */
	type({ modifiers, pressed }: KeyChange): string {
		const altHeld = (modifiers & alt) !== 0;
		let text = this.#altHeld && !altHeld ? this.#altCode.end() : "";
		this.#altHeld = altHeld;
		for (const usage of pressed) {
			if (altHeld) this.#addToCode(usage);
			else text += this.#character(usage, modifiers);
		}
		return text;
	}

	#addToCode(usage: number): void {
		if (usage >= keypad1 && usage <= keypad0) this.#altCode.add(String((usage - keypad1 + 1) % 10));
	}

	#character(usage: number, modifiers: number): string {
		if ((modifiers & gui) !== 0) return "";
		if ((modifiers & ctrl) !== 0) return controlOf(usage) ?? "";
		return this.#keys[usage]?.[(modifiers & shift) === 0 ? 0 : 1] ?? "";
	}
}
