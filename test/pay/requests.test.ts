import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { PayCall } from "../../src/model/operation.ts";
import { Secret } from "../../src/model/secret.ts";
import { requestMaker } from "../../src/pay/requests.ts";
import { json } from "./server.ts";
import { shopSettings } from "./settings.ts";
import { shop } from "./shop.ts";

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

test.each([
	["a connection that breaks", (response: ServerResponse) => response.destroy()],
	["an answer that repeats the request", (response: ServerResponse) => echo(response)],
	["headers that repeat the request", (response: ServerResponse) => echo(response, "HTTP/1.1 200 OK\r\n")],
])("%s puts neither password nor token nor card into what is logged or told", async (_, play) => {
	const { client, lines } = await shop(play);
	await client.warm();
	const token = new Secret("dG9rZW4967");
	const reply = await client.call("checkout", { cardSession: "A1G97N" }, { token });
	expect(reply).toMatchObject({ kind: "unanswered" });
	expectNoSecret(JSON.stringify(reply) + inspect(reply, { depth: 9 }) + lines.join());
});

test("a token that cannot be a header is not in what is told", async () => {
	const { client, server } = await shop(json({}));
	const token = new Secret("dG9rZW4967\r\nx: y");
	const reply = await client.call("checkout", { cardSession: "A1G97N" }, { token });
	expect(reply).toMatchObject({ kind: "not-sent" });
	expectNoSecret(JSON.stringify(reply));
	await client.call("status", {}, {});
	expect(server.heard).toHaveLength(1);
});

/** All that came in, sent back as it is. */
function echo(response: ServerResponse, before = ""): void {
	const { headers } = response.req;
	response.socket?.end(`${before}${JSON.stringify(headers)} {"cardSession":"A1G97N"}\r\n\r\n`);
}

function expectNoSecret(told: string): void {
	const basic = Buffer.from("partner:пароль:1").toString("base64");
	for (const secret of ["A1G97N", "dG9rZW4967", "пароль", basic]) expect(told).not.toContain(secret);
}
