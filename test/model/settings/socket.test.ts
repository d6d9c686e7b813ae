import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { socketSettings } from "../../../src/model/settings/socket.ts";
import { shipped } from "../../settings-file.ts";

const shop = parse(readFileSync(shipped, "utf8")).socket;
const accepts = (changes: object) => socketSettings.safeParse({ ...shop, ...changes }).success;
const page = { host: "127.0.0.1", port: 7_011, path: "/kassad", origins: ["http://localhost:8080"] };

test.each(["127.0.0.1", "::1", "localhost"])("TCP and WebSocket may be had at %s", (host) => {
	expect(accepts({ tcp: { host, port: 7_010 }, webSocket: { ...page, host } })).toBe(true);
});

test.each(["0.0.0.0", "::", "192.168.1.5", "127.0.0.1.example.com", "till.local", "", "LOCALHOST"])(
	"neither TCP nor WebSocket may be had at %j: there is no TLS",
	(host) => {
		expect(accepts({ tcp: { host, port: 7_010 } })).toBe(false);
		expect(accepts({ webSocket: { ...page, host } })).toBe(false);
	},
);

describe("an origin", () => {
	test.each([
		"http://localhost",
		"https://pos.example.com:8443",
		"http://[::1]:8080",
		"file://",
		"app://till",
	])("may be %s", (origin) => {
		expect(accepts({ webSocket: { ...page, origins: [origin] } })).toBe(true);
	});

	test.each([
		["null", "which any page can have"],
		["*", "which is everybody"],
		["http://localhost/", "with a path"],
		["http://localhost:80", "with the port that the browser leaves out"],
		["HTTP://localhost", "in capitals"],
		["http://Localhost", "in capitals"],
		["http://user@localhost", "with a login"],
		["localhost:8080", "without a scheme"],
	])("may not be %s, %s", (origin) => {
		expect(accepts({ webSocket: { ...page, origins: [origin] } })).toBe(false);
	});

	test("has to be named: a WebSocket without any would be for nobody", () => {
		expect(accepts({ webSocket: { ...page, origins: [] } })).toBe(false);
	});
});

test("a token is where a secret is found, never the secret, and its name is its own", () => {
	const till = { name: "till-3", token: { env: "KASSAD_TOKEN" } };
	expect(accepts({ tokens: [till, { ...till, name: "till-4" }] })).toBe(true);
	expect(accepts({ tokens: [till, till] })).toBe(false);
	expect(accepts({ tokens: [{ name: "till-3", token: "0123456789abcdef0123456789abcdef" }] })).toBe(false);
});

test("a user is a name or a number", () => {
	expect(accepts({ allowedUsers: ["kassad", "_till", "machine$", 0, 1_000] })).toBe(true);
	for (const user of ["", "-u", "a b", -1, 1.5, 4_294_967_295]) {
		expect(accepts({ allowedUsers: [user] })).toBe(false);
	}
	expect(accepts({ allowedUsers: [] })).toBe(false);
});

test("the bounds of a heartbeat are in order", () => {
	expect(accepts({ heartbeatMs: { least: 1_000, most: 1_000 } })).toBe(true);
	expect(accepts({ heartbeatMs: { least: 1_001, most: 1_000 } })).toBe(false);
});
