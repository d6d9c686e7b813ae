import type { Read } from "../model/read.ts";
import type { Symbology } from "../model/scan.ts";
import { isEciOfAim, symbologyOfAim } from "./aim.ts";

/** How a scanner is set to tell what it read, in front of the content. */
export type Identifiers = {
	/** AIM identifiers. A scanner sends one kind: with these on, no code-id is looked for. */
	readonly aim: boolean;
	/** Its vendor's code-ids, one to three characters each. */
	readonly codeIds: Readonly<Record<string, Symbology>> | null;
};

/** What was read. */
export type Identified = {
	readonly symbology: Symbology;
	/** The bytes behind the identifier, untouched. */
	readonly content: Uint8Array;
	/** What the barcode says: the content, without the escapes that the ECI protocol puts into it. */
	readonly plain: Uint8Array;
};

const identifierForm = /^\][A-Za-z][0-9A-Za-z]$/;

/**
 * The kind of barcode and its content. A transport that tells the kind has told it apart from the content already, so
 * nothing is taken off then. Otherwise it stands in front, if the scanner is set to send it; a content may itself
 * begin like an identifier, so none is guessed. Without one the kind is `unknown` and all is content.
 */
export function identify({ bytes, symbology, eci }: Read, { aim, codeIds }: Identifiers): Identified {
	if (symbology !== undefined) return { symbology, content: bytes, plain: eci ? withoutEci(bytes) : bytes };
	const found = aim ? byAim(bytes) : byCodeId(bytes, codeIds);
	return found ?? { symbology: "unknown", content: bytes, plain: bytes };
}

/** A second identifier inside (a coupon's, an add-on's) stays in the content. */
function byAim(bytes: Uint8Array): Identified | undefined {
	const identifier = String.fromCharCode(bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0);
	if (!identifierForm.test(identifier)) return undefined;
	const [letter, modifier] = [identifier.charAt(1), identifier.charAt(2)];
	const content = bytes.subarray(3);
	const plain = isEciOfAim(letter, modifier) ? withoutEci(content) : content;
	return { symbology: symbologyOfAim(letter, modifier), content, plain };
}

/** The longest code-id that fits: one may begin like another. */
function byCodeId(bytes: Uint8Array, codeIds: Identifiers["codeIds"]): Identified | undefined {
	const fitting = Object.entries(codeIds ?? {})
		.filter(([id]) => id !== "" && textOf(bytes.subarray(0, id.length)) === id)
		.toSorted(([one], [other]) => other.length - one.length);
	const [id, symbology] = fitting[0] ?? [];
	if (id === undefined || symbology === undefined) return undefined;
	const content = bytes.subarray(id.length);
	return { symbology, content, plain: content };
}

/**
 * Undoes what the ECI protocol does to a content: every backslash comes twice, and a change of the character set comes
 * as one backslash and six digits (AIM ECI specification, "transmission"). Other backslashes stay.
 */
function withoutEci(content: Uint8Array): Uint8Array {
	const text = textOf(content).replaceAll(/\\(?:\\|[0-9]{6})/g, (escaped) =>
		escaped === "\\\\" ? "\\" : "",
	);
	return Uint8Array.from(Buffer.from(text, "latin1"));
}

/** One character for each byte. */
function textOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("latin1");
}
