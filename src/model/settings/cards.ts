import { z } from "zod";
import { symbologies } from "../scan.ts";
import { listOf, name, namedOnce, oneOf, secretSource, textLike, wholeNumber } from "./common.ts";
import { verifierKind } from "./verifier.ts";

const range = (least: number, most: number) =>
	z
		.strictObject({ least: wholeNumber(least, most), most: wholeNumber(least, most) })
		.refine((lengths) => lengths.least <= lengths.most, { error: "expected least not above most" });

/**
 * The shape of one barcode of a brand: prefix, card number and, when it can pay, cardSession and password,
 * in this order, without separators.
 */
const layout = z.strictObject({
	/** Symbologies it may come in; `unknown` is always allowed, for scanners that do not tell. */
	symbologies: listOf(oneOf(symbologies), symbologies.length),
	prefix: textLike(/^[A-Za-z0-9]{0,2}$/, "0 to 2 letters and digits, in quotes"),
	/** Digits of the card number. */
	number: range(1, 32),
	/** Letters and digits of the cardSession, or null for an old card that cannot pay. */
	session: range(1, 32).nullable(),
});

/** The rules of one-time passwords agreed with the vendor; the RFC 6238 arithmetic. */
const totp = z.strictObject({
	/** Seconds that a password lives. */
	interval: wholeNumber(5, 3_600),
	passLength: wholeNumber(1, 10),
	hash: oneOf(["SHA1", "SHA256", "SHA512"]),
	/** Steps before and after the present one that are accepted too. */
	windowSteps: wholeNumber(0, 10),
	/**
	 * How the key of one card comes from the brand's key: `hmac-prefix-number` is
	 * HMAC(brand key, prefix + card number) with the same hash; `brand-key` is the brand's key itself.
	 */
	keyDerivation: oneOf(["hmac-prefix-number", "brand-key"]),
});

const brand = z.strictObject({
	name,
	/** The brand's secret, hexadecimal text. */
	key: secretSource,
	verifier: verifierKind,
	totp,
	layouts: listOf(layout, 16),
});

export const brandsSettings = listOf(brand, 16).superRefine(namedOnce);

export type BrandSettings = z.infer<typeof brand>;
export type LayoutSettings = BrandSettings["layouts"][number];
export type TotpSettings = BrandSettings["totp"];
