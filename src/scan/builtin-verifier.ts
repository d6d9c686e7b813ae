import type { TOTP } from "otpauth";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { CardParts, PasswordVerdict, Verifier } from "../model/scan.ts";
import { Secret } from "../model/secret.ts";
import { type BrandKeys, cardPasswords, keyBytes, tokenPasswords } from "./passwords.ts";
import { openReplays } from "./replays.ts";

/**
 * Checks passwords by RFC 6238 with the brand's hash, interval and length.
 *
 * The key of one card is HMAC(brand's key, prefix + card number) with the brand's hash, or the brand's key itself
 * when `keyDerivation` is `brand-key`. A card, session and password that were accepted are `password-replayed` until
 * the password has run out; any password that is good in no step of the window is `password-wrong`.
 *
 * The value of the header `token` is base64(`fingerprint`) followed by a password with the key
 * HMAC(brand's key, "token").
 * @throws {FaultError} `config-invalid` when a brand's key is not hexadecimal text.
 */
export function builtinVerifier(brands: readonly BrandKeys[], fingerprint: Secret, clock: Clock): Verifier {
	const known = new Map(brands.map((brand) => [brand.name, knownOf(brand)]));
	const till = Buffer.from(fingerprint.reveal()).toString("base64");
	const replays = openReplays(clock);
	const noKey = (name: string) => new FaultError("password-unchecked", `no key for the brand ${name}`);
	const brandOf = (name: string) => {
		const brand = known.get(name);
		if (brand === undefined) throw noKey(name);
		return brand;
	};

	const judge = (card: CardParts): PasswordVerdict => {
		const { totp, key } = brandOf(card.brand);
		const number = card.prefix + card.cardNumber.reveal();
		const passwords = cardPasswords(totp, key, number);
		const timestamp = clock.now();
		const token = card.password.reveal();
		// Nearly every honest password is of the present step; the whole window costs several times as much.
		const stepsOff =
			passwords.validate({ token, timestamp, window: 0 }) ??
			passwords.validate({ token, timestamp, window: totp.windowSteps });
		if (stepsOff === null) return { good: false, fault: "password-wrong" };
		const lastStep = passwords.counter({ timestamp }) + stepsOff + totp.windowSteps;
		const isNew = replays.admit(card, (lastStep + 1) * totp.interval * 1_000);
		return isNew ? { good: true, stepsOff } : { good: false, fault: "password-replayed" };
	};
	return {
		verify: (card) => {
			if (!known.has(card.brand)) return Promise.reject(noKey(card.brand));
			const verdict = judge(card);
			// A payment may follow. Its token is made when the scan has been told, and not at the key press.
			setImmediate(() => brandOf(card.brand).tokenAt(clock.now()));
			return verdict;
		},
		token: async (name) => new Secret(till + brandOf(name).tokenAt(clock.now())),
	};
}

/** The password of a step, which is made once. */
function eachStepOnce(passwords: TOTP): (timestamp: number) => string {
	let made: { readonly step: number; readonly password: string } | undefined;
	return (timestamp) => {
		const step = passwords.counter({ timestamp });
		if (made?.step !== step) made = { step, password: passwords.generate({ timestamp }) };
		return made.password;
	};
}

function knownOf(brand: BrandKeys) {
	const { totp } = brand;
	const key = keyBytes(brand);
	return { totp, key, tokenAt: eachStepOnce(tokenPasswords(totp, key)) };
}
