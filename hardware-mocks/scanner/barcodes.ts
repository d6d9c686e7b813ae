import { createHmac } from "node:crypto";

/** A loyalty card as printed years ago: a number and nothing to pay with. */
export type OldCard = {
	/** The brand's fixed first characters; none when left out. */
	readonly prefix?: string;
	readonly number: string;
	/** AIM identifier that the scanner puts in front, `]Q1` (QR) when left out. */
	readonly symbology?: string;
};

/** A card in the customer's app, with a session to pay with and a fresh one-time password. */
export type PayCard = OldCard & {
	readonly session: string;
	/** The brand's secret, hexadecimal text. */
	readonly key: string;
	/** The moment of the password, ms since 1970; now when left out. */
	readonly at?: number;
	/** Seconds that a password lives, and its digits; 30 and 3 when left out. */
	readonly totp?: { readonly interval: number; readonly passLength: number };
};

/** The text in a card's barcode: prefix, number and, when it can pay, session and password. */
export function cardText(card: OldCard | PayCard): string {
	const number = `${card.prefix ?? ""}${card.number}`;
	return "session" in card ? `${number}${card.session}${password(card, number)}` : number;
}

/** RFC 6238 with HMAC-SHA-256. The card's own key is the HMAC of prefix and number under the brand's key. */
function password({ key, at = Date.now(), totp }: PayCard, number: string): string {
	const { interval, passLength } = totp ?? { interval: 30, passLength: 3 };
	const cardKey = createHmac("sha256", Buffer.from(key, "hex")).update(number).digest();
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(at / 1_000 / interval)));
	const mac = createHmac("sha256", cardKey).update(step).digest();
	// RFC 4226, 5.3: the last four bits say where 31 bits are taken from.
	const code = mac.readUInt32BE(mac.readUInt8(mac.length - 1) & 0x0f) & 0x7fff_ffff;
	return (code % 10 ** passLength).toString().padStart(passLength, "0");
}

/** Bytes that mean nothing, always the same for the same seed (a linear congruential generator). */
export function garbageBytes(seed: number, length: number): Uint8Array {
	let state = seed >>> 0;
	return Uint8Array.from({ length }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state >>> 24;
	});
}
