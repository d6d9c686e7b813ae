import type { Symbology } from "../model/scan.ts";

/**
 * AIM symbology identifiers (ISO/IEC 15424): the letter after `]`, then what its modifier means. The modifier is a
 * sum of options, so one that is not listed means the same symbology with options of no concern here: `otherwise`.
 */
const identifiers: Readonly<Record<string, { otherwise: Symbology; [modifier: string]: Symbology }>> =
	Object.freeze({
		C: { otherwise: "code128", "1": "gs1-128" },
		// 3 to 5: MicroPDF417 in its Code 128 emulation.
		L: { otherwise: "pdf417", "3": "micropdf417", "4": "micropdf417", "5": "micropdf417" },
		d: { otherwise: "datamatrix", "2": "gs1-datamatrix", "5": "gs1-datamatrix" },
		Q: { otherwise: "qr", "3": "gs1-qr", "4": "gs1-qr" },
		// 1 and 2 are add-ons sent by themselves, 3 is EAN-13 with its add-on in one message.
		E: { otherwise: "other", "0": "ean13", "3": "ean13", "4": "ean8" },
		A: { otherwise: "code39" },
		I: { otherwise: "itf" },
		e: { otherwise: "databar" },
		z: { otherwise: "aztec" },
	});

/** Where ECI is on: a byte 5C of the content comes twice, and an ECI comes as a backslash and six digits. */
const eciIdentifiers: ReadonlySet<string> = new Set(["L1", "d4", "d5", "d6", "Q2", "Q4", "Q6"]);

/** What an AIM identifier says: `letter` and `modifier` as in `]C1`. A letter without an entry is `other`. */
export function symbologyOfAim(letter: string, modifier: string): Symbology {
	const meanings = identifiers[letter];
	return meanings?.[modifier] ?? meanings?.otherwise ?? "other";
}

/** Whether a read under this AIM identifier comes by the ECI protocol (ISO/IEC 15424, options of L, d and Q). */
export function isEciOfAim(letter: string, modifier: string): boolean {
	return eciIdentifiers.has(`${letter}${modifier}`);
}
