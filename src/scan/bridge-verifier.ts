import { type FaultCode, FaultError } from "../model/fault.ts";
import type { CardParts, PasswordVerdict, Verifier } from "../model/scan.ts";
import { Secret } from "../model/secret.ts";
import type { LayoutSettings } from "../model/settings/cards.ts";
import type { BridgeSettings } from "../model/settings/verifier.ts";
import { Bridge, type BridgeTools } from "./bridge-keeper.ts";
import { shown, tokenOf, type Verified, verifiedOf } from "./bridge-replies.ts";
import type { BrandKeys } from "./passwords.ts";
import { openReplays } from "./replays.ts";

/** A brand whose passwords the vendor's library checks. */
export type BridgedBrand = BrandKeys & { readonly layouts: readonly LayoutSettings[] };

/** The vendor's word for a card that can pay. */
const canPay = "CARDSESSION_AVAILABLE";

/**
 * Checks one brand's passwords by the vendor's library (Passcode Verify) behind a wrapper program, by the protocol of
 * drivers/verifiers/README.md. While that program is down the brand's cards are `password-unchecked`.
 *
 * The library is believed only when it read the same number and session as the brand's layouts. A card, session and
 * password that were accepted are `password-replayed` until the password has surely run out.
 */
export function bridgeVerifier(
	settings: BridgeSettings,
	brand: BridgedBrand,
	fingerprint: Secret,
	tools: BridgeTools,
): Verifier & { close(): Promise<void> } {
	const { clock, log } = tools;
	const { windowSteps, interval } = brand.totp;
	const bridge = new Bridge(brand.name, parametersOf(brand, fingerprint), settings, tools);
	const replays = openReplays(clock);
	const verdictOf = (card: CardParts, said: Verified): PasswordVerdict => {
		const fault = refusalOf(card, said);
		if (fault === undefined) {
			const isNew = replays.admit(card, clock.now() + (2 * windowSteps + 1) * interval * 1_000);
			return isNew ? { good: true, stepsOff: 0 } : { good: false, fault: "password-replayed" };
		}
		log.info({ brand: brand.name, resultCode: shown(said.resultCode), fault }, "the library refused a card");
		return { good: false, fault };
	};
	return {
		verify: async (card, signal) => {
			try {
				const params = { fullBarcode: barcodeOf(card) };
				return verdictOf(card, verifiedOf(await bridge.call("barcodeVerify", params, signal)));
			} catch (error) {
				if (!(error instanceof FaultError)) throw error;
				log.warn({ brand: brand.name, why: error.detail }, "a password could not be checked");
				return { good: false, fault: "password-unchecked" };
			}
		},
		token: async (_, signal) => new Secret(tokenOf(await bridge.call("getToken", {}, signal))),
		close: () => bridge.close(),
	};
}

/**
 * What is wrong with a card by the library's words; undefined when it can pay.
 * @throws {FaultError} `password-unchecked` when the library speaks of another card.
 */
function refusalOf({ cardNumber, cardSession }: CardParts, said: Verified): FaultCode | undefined {
	if (!said.totpCodeValid) return "password-wrong";
	if (said.resultCode !== canPay) return "card-cannot-pay";
	const isSameCard = said.cardNumber === cardNumber.reveal() && said.cardSession === cardSession.reveal();
	if (isSameCard) return undefined;
	throw new FaultError("password-unchecked", "the library reads the card otherwise than the brand's layouts");
}

/** What the library is told once, in the vendor's names where it has some. */
function parametersOf({ name, key, totp, layouts }: BridgedBrand, fingerprint: Secret): Secret<object> {
	const payable = layouts.flatMap(({ prefix, number, session }) =>
		session === null ? [] : [{ prefix, number, session }],
	);
	return new Secret({
		brand: name,
		prefix: payable[0]?.prefix ?? "",
		key: key.reveal(),
		...totp,
		hash: `Hmac${totp.hash}`,
		layouts: payable,
		cashFingerPrint: fingerprint.reveal(),
	});
}

function barcodeOf({ prefix, cardNumber, cardSession, password }: CardParts): string {
	return prefix + cardNumber.reveal() + cardSession.reveal() + password.reveal();
}
