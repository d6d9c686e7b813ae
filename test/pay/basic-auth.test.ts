import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "../../src/model/secret.ts";
import { basicAuth } from "../../src/pay/basic-auth.ts";
import { authorization, password, postbackShop } from "./postback-shop.ts";

const authorized = basicAuth(postbackShop.login, password);

test("the right login and password are recognized, in any spelling of the scheme", () => {
	expect(authorized(authorization())).toBe(true);
	expect(authorized(authorization().replace("Basic", "bAsIC "))).toBe(true);
});

test.each([
	[undefined],
	[""],
	["Basic"],
	["Basic "],
	["Bearer c3dvcmRmaXNo"],
	[authorization("")],
	[authorization("swordfish:with a colon ")],
	[authorization("swordfish")],
	[authorization(password.reveal(), "")],
	[authorization(password.reveal(), "Koshelek")],
	[`${authorization()} ${authorization()}`],
	[`x ${authorization()}`],
])("%j is refused", (header) => {
	expect(authorized(header)).toBe(false);
});

test("property: nothing but the login and the password is recognized", () => {
	fc.assert(
		fc.property(fc.string(), fc.string({ unit: "binary" }), (login, guess) => {
			const ours = `${login}:${guess}` === `${postbackShop.login}:${password.reveal()}`;
			expect(authorized(authorization(guess, login))).toBe(ours);
		}),
	);
});

test("property: a password of any letters is recognized", () => {
	fc.assert(
		fc.property(fc.string({ unit: "grapheme" }), (word) => {
			expect(basicAuth("till", new Secret(word))(authorization(word, "till"))).toBe(true);
		}),
	);
});
