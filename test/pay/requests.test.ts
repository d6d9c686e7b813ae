import { expect, test } from "vitest";
import type { PayCall } from "../../src/model/operation.ts";
import { Secret } from "../../src/model/secret.ts";
import { requestMaker } from "../../src/pay/requests.ts";
import { shopSettings } from "./settings.ts";

const credentials = { login: "partner", password: new Secret("пароль:1") };
const requestOf = requestMaker(shopSettings, credentials);

test.each<[PayCall, string]>([
	["providers", "/partner/api/v1/merchant/availability-info/task"],
	["checkout", "/partner/api/v1/merchant/checkout"],
	["status", "/partner/api/v1/merchant/transaction/status"],
	["cancel", "/partner/api/v1/merchant/transaction/cancel"],
	["refund", "/partner/api/v1/merchant/transaction/refund"],
	["receipt", "/partner/api/v1/merchant/transaction/receipt"],
])("%s is a POST of its body to %s", (call, path) => {
	const { method, path: asked, body } = requestOf(call, { requestId: "чай" }, {});
	expect({ method, asked, body }).toEqual({ method: "POST", asked: path, body: '{"requestId":"чай"}' });
});

test("providers-poll is a GET for its id, without a body", () => {
	expect(requestOf("providers-poll", undefined, { id: "a-1" })).toEqual({
		method: "GET",
		path: "/partner/api/v1/merchant/availability-info/a-1",
		headers: { accept: "application/json", authorization: expect.stringMatching(/^Basic /) },
	});
});

test.each(["../checkout", "a/b", "a?b", "a#b", "a b", "a\r\nhost: evil", "https://evil.example/", "дом"])(
	"an id never leaves its place in the path: %j",
	(id) => {
		const { path } = requestOf("providers-poll", undefined, { id });
		expect(path).toMatch(/^\/partner\/api\/v1\/merchant\/availability-info\/[^/?#\s]*$/);
	},
);

test("login and password go as RFC 7617 says, in UTF-8", () => {
	const { authorization } = requestOf("status", {}, {}).headers;
	expect(authorization).toBe(`Basic ${Buffer.from("partner:пароль:1").toString("base64")}`);
});

test("the token is a header where there is one", () => {
	expect(requestOf("refund", {}, { token: new Secret("Zm9v123") }).headers).toMatchObject({
		token: "Zm9v123",
	});
	expect(requestOf("status", {}, {}).headers).not.toHaveProperty("token");
});

test("the settings choose the environment, and a base URL may have no path", () => {
	const production = requestMaker(
		{
			...shopSettings,
			environment: "production",
			baseUrl: { test: "https://a.example/b", production: "https://c.example" },
		},
		credentials,
	);
	expect(production("status", {}, {}).path).toBe("/api/v1/merchant/transaction/status");
});
