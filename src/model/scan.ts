import type { FaultCode } from "./fault.ts";
import type { Secret } from "./secret.ts";

/** The kinds of barcode that kassad tells apart; `unknown` when the scanner does not say. */
export const symbologies = [
	"code128",
	"gs1-128",
	"pdf417",
	"micropdf417",
	"datamatrix",
	"gs1-datamatrix",
	"qr",
	"gs1-qr",
	"ean13",
	"ean8",
	"code39",
	"itf",
	"databar",
	"aztec",
	"other",
	"unknown",
] as const;

export type Symbology = (typeof symbologies)[number];

/** What the passcode verifier said: good, or the fault that refuses paying. */
export type PasswordVerdict =
	| { readonly good: true; readonly stepsOff: number }
	| { readonly good: false; readonly fault: FaultCode };

type ScanFacts = {
	readonly id: string;
	readonly scanner: string;
	readonly symbology: Symbology;
	readonly at: number;
};

/** A card that can pay: number, one-time session and one-time password in one barcode. */
export type PayableScan = ScanFacts & {
	readonly kind: "payable";
	readonly brand: string;
	readonly cardNumber: Secret;
	readonly cardSession: Secret;
	readonly password: Secret;
	readonly verdict: PasswordVerdict;
};

/** An old card: a number and nothing to pay with. */
type LoyaltyScan = ScanFacts & {
	readonly kind: "loyalty";
	readonly brand: string;
	readonly cardNumber: Secret;
};

/** Anything else; its bytes are the POS program's business and reach it unchanged. */
type ForeignScan = ScanFacts & { readonly kind: "foreign"; readonly bytes: Uint8Array };

export type Scan = PayableScan | LoyaltyScan | ForeignScan;

/** The parts of a card's barcode before anyone has judged its password. */
export type CardParts = {
	readonly brand: string;
	/** The brand's fixed first characters, "" when it has none. */
	readonly prefix: string;
	readonly cardNumber: Secret;
	readonly cardSession: Secret;
	readonly password: Secret;
};

/** Checks one-time passwords and makes the value of the Pay API's `token` header. */
export type Verifier = {
	/** Judges a card's password, at once if it can; the same card, session and password are good only once. */
	verify(card: CardParts, signal: AbortSignal): PasswordVerdict | Promise<PasswordVerdict>;
	/** The value of the header `token`: base64 of the till's fingerprint, then a one-time password. */
	token(brand: string, signal: AbortSignal): Promise<Secret>;
};
