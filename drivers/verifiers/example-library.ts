import { type Agreement, hmac, passwordOf, stepAt } from "./passwords.ts";

/** What `init` brings, as far as this library wants to know it. */
export type Parameters = Agreement & {
	readonly prefix: string;
	/** The brand's secret, hexadecimal text. */
	readonly key: string;
	readonly windowSteps: number;
	readonly keyDerivation: "hmac-prefix-number" | "brand-key";
	readonly layouts: readonly { readonly number: Range; readonly session: Range }[];
	readonly cashFingerPrint: string;
};

type Range = { readonly least: number; readonly most: number };

/** What `barcodeVerify` says, by the vendor's names. */
type Verified = {
	readonly resultCode: "CARDSESSION_AVAILABLE" | "CARDSESSION_ABSENT";
	readonly totpCodeValid: boolean;
	readonly cardNumber?: string;
	readonly cardSession?: string;
};

/**
 * Stands where the vendor's library would, with the three calls that it has. It does kassad's own arithmetic
 * (RFC 6238), so that what is behind the bridge can be compared with what is before it.
 */
export class ExampleLibrary {
	readonly #parameters: Parameters;
	readonly #key: Uint8Array;

	/** The library's `init`. */
	constructor(parameters: Parameters) {
		this.#parameters = parameters;
		this.#key = Buffer.from(parameters.key, "hex");
	}

	/** Whether the password of a whole barcode is good at the moment `now`, ms since 1970. */
	barcodeVerify(fullBarcode: string, now: number): Verified {
		const card = this.#split(fullBarcode);
		if (card === undefined) return { resultCode: "CARDSESSION_ABSENT", totpCodeValid: false };
		const { cardNumber, cardSession, password } = card;
		const { windowSteps } = this.#parameters;
		const key = this.#keyOf(cardNumber);
		const present = stepAt(this.#parameters, now);
		const steps = Array.from({ length: 2 * windowSteps + 1 }, (_, index) => present - windowSteps + index);
		const totpCodeValid = steps.some((step) => passwordOf(this.#parameters, key, step) === password);
		return { resultCode: "CARDSESSION_AVAILABLE", totpCodeValid, cardNumber, cardSession };
	}

	/** The value of the header `token` at the moment `now`, ms since 1970. */
	getToken(now: number): string {
		const key = hmac(this.#parameters, this.#key, "token");
		const password = passwordOf(this.#parameters, key, stepAt(this.#parameters, now));
		return Buffer.from(this.#parameters.cashFingerPrint).toString("base64") + password;
	}

	#keyOf(cardNumber: string): Uint8Array {
		const { keyDerivation, prefix } = this.#parameters;
		return keyDerivation === "brand-key" ? this.#key : hmac(this.#parameters, this.#key, prefix + cardNumber);
	}

	/** Takes a barcode apart by the first layout that it fits. The card number has digits alone. */
	#split(barcode: string) {
		const { prefix, passLength, layouts } = this.#parameters;
		if (!barcode.startsWith(prefix)) return undefined;
		for (const { number, session } of layouts) {
			const digits = `(?<cardNumber>[0-9]{${number.least},${number.most}})`;
			const letters = `(?<cardSession>[0-9A-Za-z]{${session.least},${session.most}})`;
			const shape = new RegExp(`^${digits}${letters}(?<password>[0-9]{${passLength}})$`);
			const { cardNumber, cardSession, password } = shape.exec(barcode.slice(prefix.length))?.groups ?? {};
			if (cardNumber && cardSession && password) return { cardNumber, cardSession, password };
		}
		return undefined;
	}
}
