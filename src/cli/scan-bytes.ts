import { masked, type Secret } from "../model/secret.ts";

const hexWidth = 16;
const mostShownBytes = 192;

/** Bytes as pairs of hexadecimal digits, 16 in a line; of many only the first 192. */
export function hexLines(bytes: Uint8Array): string[] {
	const pairs = [...bytes.subarray(0, mostShownBytes)].map((byte) => byte.toString(16).padStart(2, "0"));
	const more = bytes.length > mostShownBytes ? [`and ${bytes.length - mostShownBytes} bytes more`] : [];
	return [...inLines(pairs), ...more];
}

/** A content as text: what is not printable ASCII is a middle dot, so that nothing moves a terminal's cursor. */
export function textShown(bytes: Uint8Array): string {
	const text = Buffer.from(bytes.subarray(0, mostShownBytes)).toString("latin1");
	return `"${text.replace(/[^ -~]/g, "·")}"${bytes.length > mostShownBytes ? "..." : ""}`;
}

/** The parts of a card's barcode; an old card has neither session nor password. */
export type CardShown = {
	readonly prefix: string;
	readonly cardNumber: Secret;
	readonly cardSession?: Secret;
	readonly password?: Secret;
};

/** The bytes of a card: prefix and the ends of its number as they are, `**` for each byte that is secret. */
export function cardHexLines({ prefix, cardNumber, cardSession, password }: CardShown): string[] {
	const open = [...prefix, ...masked(cardNumber)].map((character) =>
		character === "*" ? "**" : character.charCodeAt(0).toString(16),
	);
	const secret = [cardSession, password].flatMap((part) => [...(part?.reveal() ?? "")].map(() => "**"));
	return inLines([...open, ...secret]);
}

function inLines(pairs: readonly string[]): string[] {
	const lines: string[] = [];
	for (let at = 0; at < pairs.length; at += hexWidth) lines.push(pairs.slice(at, at + hexWidth).join(" "));
	return lines;
}
