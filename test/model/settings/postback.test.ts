import { describe, expect, test } from "vitest";
import { postbackSettings } from "../../../src/model/settings/postback.ts";
import { postbackShop } from "../../pay/postback-shop.ts";

const tls = { certFile: "till.crt", keyFile: "till.key" };
const complaints = (changes: object) =>
	postbackSettings
		.safeParse({ ...postbackShop, port: 8_443, ...changes })
		.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

test("null is a till that the server cannot reach", () => {
	expect(postbackSettings.parse(null)).toBeNull();
});

describe("plain http", () => {
	test.each(["127.0.0.1", "127.1.2.3", "localhost", "::1"])("is allowed on %s", (host) => {
		expect(complaints({ host, tls: null })).toEqual([]);
	});

	test.each(["0.0.0.0", "::", "192.168.1.7", "till.shop.example", "127.0.0.1.example", "localhost.example"])(
		"is refused on %s, which needs tls",
		(host) => {
			expect(complaints({ host, tls: null })).toEqual([expect.stringMatching(/^tls: expected tls, because/)]);
			expect(complaints({ host, tls })).toEqual([]);
		},
	);
});

test.each([
	[{ path: "postback" }, "path"],
	[{ path: "/postback?x=1" }, "path"],
	[{ login: "a:b" }, "login"],
	[{ password: "swordfish" }, "password"],
	[{ port: 0 }, "port"],
	[{ port: 65_536 }, "port"],
	[{ mostConnections: 0 }, "mostConnections"],
	[{ requestMs: 0 }, "requestMs"],
	[{ tls: { certFile: "till.crt" } }, "tls.keyFile"],
	[{ hosts: "::1" }, ""],
])("%j is refused", (changes, place) => {
	expect(complaints(changes)).toEqual([expect.stringMatching(new RegExp(`^${place}: `))]);
});
