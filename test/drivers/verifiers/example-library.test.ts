import { expect, test } from "vitest";
import { ExampleLibrary, type Parameters } from "../../../drivers/verifiers/example-library.ts";
import { cardText } from "../../../hardware-mocks/scanner/barcodes.ts";

const noon = 1_800_000_000_000;
const parameters: Parameters = {
	prefix: "77",
	key: "0123456789abcdef0123456789abcdef",
	interval: 30,
	passLength: 3,
	hash: "HmacSHA256",
	windowSteps: 1,
	keyDerivation: "hmac-prefix-number",
	layouts: [
		{ number: { least: 13, most: 13 }, session: { least: 6, most: 6 } },
		{ number: { least: 13, most: 13 }, session: { least: 7, most: 32 } },
	],
	cashFingerPrint: "cpu|board|вендор",
};
const card = { prefix: "77", number: "1234567890123", session: "A1G97N", key: parameters.key, at: noon };
const library = new ExampleLibrary(parameters);

test("a card of the app can pay, and its parts are told", () => {
	expect(library.barcodeVerify(cardText(card), noon)).toEqual({
		resultCode: "CARDSESSION_AVAILABLE",
		totpCodeValid: true,
		cardNumber: "1234567890123",
		cardSession: "A1G97N",
	});
});

test("a long session is told by its own layout", () => {
	const session = "0123456789abcdefABCDEF9999999999";
	expect(library.barcodeVerify(cardText({ ...card, session }), noon)).toMatchObject({
		totpCodeValid: true,
		cardSession: session,
	});
});

test.each([
	[-30_001, false],
	[-30_000, true],
	[59_999, true],
	[60_000, false],
])("%i ms after its step a password is good: %s", (offset, totpCodeValid) => {
	const barcode = cardText({ ...card, at: noon + offset });
	expect(library.barcodeVerify(barcode, noon)).toMatchObject({ totpCodeValid });
});

test("with the brand's own key the number does not matter", () => {
	const plain = new ExampleLibrary({ ...parameters, keyDerivation: "brand-key", windowSteps: 0 });
	const good = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(3, "0")).filter(
		(password) => plain.barcodeVerify(`771234567890123A1G97N${password}`, noon).totpCodeValid,
	);
	expect(good).toHaveLength(1);
	expect(plain.barcodeVerify(`770000000000000A1G97N${good[0]}`, noon).totpCodeValid).toBe(true);
});

test.each(["771234567890123", "781234567890123A1G97N967", "77123456789012xA1G97N967", "", "4601234567890"])(
	"%j is no card that can pay",
	(barcode) => {
		expect(library.barcodeVerify(barcode, noon)).toEqual({
			resultCode: "CARDSESSION_ABSENT",
			totpCodeValid: false,
		});
	},
);

test("a token is the fingerprint in base64, then a password with the key of tokens", () => {
	const token = library.getToken(noon);
	const password = cardText({ number: "token", session: "", key: parameters.key, at: noon }).slice(-3);
	expect(token).toBe(Buffer.from("cpu|board|вендор").toString("base64") + password);
});
