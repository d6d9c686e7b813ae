import { readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { loadConfig, loadStoreApi } from "../src/config.ts";
import { brandKey, env, known, settingsFile, shipped } from "./settings-file.ts";

const shippedText = readFileSync(shipped, "utf8");

const { folder, file, load, loadText, complaints } = settingsFile();

describe("the shipped configuration", () => {
	test("is valid as it is", () => {
		const { settings, password, brandKeys, ca } = loadConfig(shipped, env, known);
		expect(settings.payApi.environment).toBe("test");
		expect(password.reveal()).toBe("swordfish");
		expect(brandKeys.get("example")?.reveal()).toBe(brandKey);
		expect(ca).toBeUndefined();
	});

	test("says what every key does", () => {
		const lines = shippedText.split("\n");
		const silent = lines.filter((line, index) => {
			const [, indent, key] = /^(\s*)(?:- )?(\w+):/.exec(line) ?? [];
			if (key === undefined || indent === undefined) return false;
			// A comment stands above the key, or above the map or the run of keys that it belongs to.
			const above = lines.slice(0, index).reverse();
			const comment = above.findIndex((other) => other.trim().startsWith("#"));
			return comment < 0 || comment > 4;
		});
		expect(silent).toEqual([]);
	});

	test("holds no secret", () => {
		expect(inspect(loadConfig(shipped, env, known), { depth: 9 })).not.toMatch(/swordfish|00112233/);
	});
});

test("everything that is wrong is listed at once, in the order of the file", () => {
	const places = {
		language: "fr",
		"journal.keepDays": 1,
		"payApi.retry.attempts": "three",
		"payApi.pol": 1,
		"scanners.0.driver": "serail",
		"printers.0.connection.port": undefined,
	};
	expect(complaints(() => load(places, {}))).toEqual([
		'language: expected one of: ru, en, got "fr"',
		"journal.keepDays: expected a whole number from 30 to 3650, got 1",
		'payApi.retry.attempts: expected a whole number from 1 to 20, got "three"',
		"payApi.pol: expected no such key here",
		expect.stringMatching(/^brands.0.key: environment variable KASSAD_BRAND_KEY is not set/),
		'scanners.0.driver: expected one of: serial-generic, deaf, lettered, packets, got "serail"',
		"printers.0.connection.port: expected a whole number from 1 to 65535, got nothing",
	]);
});

test("a complaint names file, place, what was expected, what was got, and the line", () => {
	const text = shippedText.replace("attempts: 3", "attempts: three");
	const line = text.split("\n").findIndex((each) => each.includes("attempts: three")) + 1;
	expect(() => loadText(text)).toThrow(
		`${file}: payApi.retry.attempts: expected a whole number from 1 to 20, got "three" (line ${line})`,
	);
});

test("relative paths count from the file's folder", () => {
	const { settings } = load({ "journal.folder": "journal", "socket.path": "k.sock" });
	expect(settings.journal.folder).toBe(join(folder, "journal"));
	expect(settings.socket.path).toBe(join(folder, "k.sock"));
});

test("certificate authorities are read", () => {
	writeFileSync(join(folder, "ca.pem"), "-----BEGIN CERTIFICATE-----\n");
	expect(load({ "payApi.caFile": "ca.pem" }).ca).toBe("-----BEGIN CERTIFICATE-----\n");
});

test("tokens and users of the socket are fetched, and no token is seen", () => {
	const token = "0123456789abcdef".repeat(2);
	const { uid, username } = userInfo();
	const places = {
		"socket.tcp": { host: "127.0.0.1", port: 7_010 },
		"socket.tokens": [{ name: "till-3", token: { env: "KASSAD_TOKEN" } }],
		"socket.allowedUsers": [username],
	};
	const config = load(places, { ...env, KASSAD_TOKEN: token });
	expect(config.socketTokens.map((each) => [each.name, each.token.reveal()])).toEqual([["till-3", token]]);
	expect(config.socketUsers).toEqual(new Map([[uid, username]]));
	expect(inspect(config, { depth: 9 })).not.toContain(token);
	expect(complaints(() => load(places, { ...env, KASSAD_TOKEN: token.slice(1) }))).toEqual([
		expect.stringMatching(
			/^socket\.tokens\.0\.token: environment variable KASSAD_TOKEN must hold a token of 32 to/,
		),
	]);
	const [own] = places["socket.tokens"];
	const both = { ...places, "socket.tokens": [own, { ...own, name: "till-4" }] };
	expect(complaints(() => load(both, { ...env, KASSAD_TOKEN: token }))).toEqual([
		"socket.tokens.1.token: expected another token than that of till-3",
	]);
});

describe("what the Store API needs", () => {
	const storeEnv = { KASSAD_STORE_PASSWORD: "canary" };

	test("is read without the secrets of a till, and a till needs none of its", () => {
		const { settings, password, ...rest } = loadStoreApi(shipped, storeEnv);
		expect([settings.calls.add.path, password.reveal()]).toEqual([
			"/api/v1/configuration/brand/store",
			"canary",
		]);
		expect(rest).toEqual({});
		expect(inspect(loadConfig(shipped, { ...env, ...storeEnv }, known), { depth: 9 })).not.toContain(
			"canary",
		);
	});

	test("is checked by itself: other sections may be wrong", () => {
		const wrong = {
			"payApi.retry.attempts": "three",
			"storeApi.brandId": "x",
			"storeApi.caFile": "none.pem",
		};
		complaints(() => load(wrong));
		expect(complaints(() => loadStoreApi(file, {}))).toEqual([
			'storeApi.brandId: expected a GUID of 36 characters, got "x"',
		]);
		complaints(() => load({ ...wrong, "storeApi.brandId": "00000000-0000-4000-8000-000000000003" }));
		expect(complaints(() => loadStoreApi(file, {}))).toEqual([
			expect.stringMatching(/^storeApi\.password: environment variable KASSAD_STORE_PASSWORD is not set/),
			expect.stringMatching(/^storeApi\.caFile: cannot read .*none\.pem/),
		]);
	});

	test.each(["", "[]", "language: ru"])("is missed in a file with %j", (text) => {
		writeFileSync(file, text);
		expect(complaints(() => loadStoreApi(file, storeEnv))).not.toEqual([""]);
	});
});
