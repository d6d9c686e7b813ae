import { Secret as OtpKey, TOTP } from "otpauth";
import { FaultError } from "../model/fault.ts";
import { hmac } from "../model/hmac.ts";
import { Secret } from "../model/secret.ts";
import type { TotpSettings } from "../model/settings/cards.ts";

/** What is agreed for the one-time passwords of one brand. */
export type BrandKeys = {
	readonly name: string;
	/** The brand's secret, hexadecimal text. */
	readonly key: Secret;
	readonly totp: TotpSettings;
};

/**
 * The one-time passwords of a card by RFC 6238 with the brand's hash, interval and length. `number` is prefix and card
 * number; `key` is the brand's, in bytes.
 */
export function cardPasswords(totp: TotpSettings, key: Uint8Array, number: string): TOTP {
	return passwordsOf(totp, totp.keyDerivation === "brand-key" ? key : derived(totp, key, number));
}

/** The passwords of the Pay API's header `token`. */
export function tokenPasswords(totp: TotpSettings, key: Uint8Array): TOTP {
	return passwordsOf(totp, derived(totp, key, "token"));
}

/**
 * The password that a card's app shows at a moment, wall-clock ms. `number` is prefix and card number.
 * @throws {FaultError} `config-invalid` when the brand's key is not hexadecimal text.
 */
export function passwordAt(brand: BrandKeys, number: string, at: number): Secret {
	return new Secret(cardPasswords(brand.totp, keyBytes(brand), number).generate({ timestamp: at }));
}

/** @throws {FaultError} `config-invalid` when the brand's key is not hexadecimal text. */
export function keyBytes({ name, key }: Pick<BrandKeys, "name" | "key">): Buffer {
	const hex = key.reveal();
	if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) {
		throw new FaultError("config-invalid", `the key of the brand ${name} is not hexadecimal text`);
	}
	return Buffer.from(hex, "hex");
}

function derived({ hash }: TotpSettings, key: Uint8Array, text: string): Uint8Array {
	return hmac(hash, key, Buffer.from(text));
}

function passwordsOf({ hash, passLength, interval }: TotpSettings, key: Uint8Array): TOTP {
	const secret = new OtpKey({ buffer: new Uint8Array(key).buffer });
	// The package's own HMAC is written in JavaScript.
	const own = { hmac: (_: string, key: Uint8Array, text: Uint8Array) => hmac(hash, key, text) };
	return new TOTP({ secret, algorithm: hash, digits: passLength, period: interval, ...own });
}
