import { expect, test } from "vitest";
import { refusedPage } from "../../src/pos/web-socket-door.ts";

const own = { port: 7_011, path: "/kassad", origins: ["http://localhost:8080", "file://"] };
const ask = (headers: Record<string, string[] | undefined>, url = own.path, port = own.port) =>
	refusedPage(
		{ url, headersDistinct: { host: ["127.0.0.1:7011"], origin: ["http://localhost:8080"], ...headers } },
		{ ...own, port },
	)?.status;

test.each(["127.0.0.1:7011", "localhost:7011", "[::1]:7011", "LocalHost:7011"])("Host may be %s", (host) => {
	expect(ask({ host: [host] })).toBeUndefined();
});

test.each([
	"evil.example:7011",
	"127.0.0.1",
	"127.0.0.1:7012",
	"localhost.evil.example:7011",
	"localhost:7011.evil.example",
	"user@localhost:7011",
	"0.0.0.0:7011",
	"",
])("Host may not be %j", (host) => {
	expect(ask({ host: [host] })).toBe(403);
});

test("a browser leaves the port of http out, and only that one", () => {
	expect(ask({ host: ["localhost"] }, own.path, 80)).toBeUndefined();
	expect(ask({ host: ["localhost:80"] }, own.path, 80)).toBeUndefined();
	expect(ask({ host: ["localhost"] }, own.path, 443)).toBe(403);
});

test.each([
	"http://localhost",
	"https://localhost:8080",
	"http://localhost:8080/",
	"http://localhost:8080.evil.example",
	"http://evil.example",
	"null",
	"",
	"http://localhost:8080, http://evil.example",
])("Origin may not be %j", (origin) => {
	expect(ask({ origin: [origin] })).toBe(403);
});

test("Host and Origin have to be there, once each", () => {
	expect(ask({ host: undefined })).toBe(403);
	expect(ask({ origin: undefined })).toBe(403);
	expect(ask({ host: ["localhost:7011", "evil.example"] })).toBe(403);
	expect(ask({ origin: ["http://localhost:8080", "http://localhost:8080"] })).toBe(403);
	expect(ask({ origin: ["file://"] })).toBeUndefined();
});

test("the path is the one of the settings, and is told only to who may connect", () => {
	expect(ask({}, "/kassad?x")).toBe(404);
	expect(ask({}, "/")).toBe(404);
	expect(ask({ origin: ["http://evil.example"] }, "/")).toBe(403);
});

test("for the log nothing is kept of what stands behind a question mark, where programs write their token", () => {
	const headersDistinct = { host: ["127.0.0.1:7011"], origin: ["http://localhost:8080"] };
	for (const url of ["/kassad?token=swordfish", "/x#swordfish?y"]) {
		expect(refusedPage({ url, headersDistinct }, own)?.said).toMatch(/^\/\w+\?\.\.\.$/);
	}
});
