import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadConfig } from "../src/config.ts";
import { FaultError } from "../src/model/fault.ts";

const shipped = join(import.meta.dirname, "../config/kassad.yaml");
const shippedText = readFileSync(shipped, "utf8");
const brandKey = "00112233445566778899aabbccddeeff";
const env = { KASSAD_PAY_PASSWORD: "swordfish", KASSAD_BRAND_KEY: brandKey };
const known = {
	scanners: { "serial-generic": { aim: true }, deaf: { aim: false } },
	printers: { "generic-80mm": {} },
};

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "kassad-config-"));
});

type Tree = Record<string | number, unknown>;

/** The shipped settings with some places changed: `{"payApi.retry.attempts": "three"}`. */
function changed(places: Record<string, unknown>): string {
	const settings = parse(shippedText);
	for (const [place, value] of Object.entries(places)) {
		const keys = place.split(".");
		const last = keys.pop() as string;
		const at = keys.reduce<Tree>((tree, key) => tree[key] as Tree, settings);
		if (value === undefined) delete at[last];
		else at[last] = value;
	}
	return stringify(settings);
}

function loadText(text: string, environment: Record<string, string | undefined> = env) {
	const file = join(folder, "kassad.yaml");
	writeFileSync(file, text);
	return loadConfig(file, environment, known);
}

const load = (places: Record<string, unknown>, environment?: Record<string, string | undefined>) =>
	loadText(changed(places), environment);

/** What is wrong, without the file's name and the line. */
function complaints(deed: () => unknown): string[] {
	try {
		deed();
	} catch (error) {
		if (!(error instanceof FaultError) || error.code !== "config-invalid") throw error;
		return error.detail
			.split("\n")
			.map((line) => line.replace(`${join(folder, "kassad.yaml")}: `, "").replace(/ \(line \d+\)$/, ""));
	}
	return [];
}

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
			return comment < 0 || above.slice(0, comment).length > 4;
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
		"printers.0.port": undefined,
	};
	expect(complaints(() => load(places, {}))).toEqual([
		'language: expected one of: ru, en, got "fr"',
		"journal.keepDays: expected a whole number from 30 to 3650, got 1",
		'payApi.retry.attempts: expected a whole number from 1 to 20, got "three"',
		"payApi.pol: expected no such key here",
		expect.stringMatching(/^brands.0.key: environment variable KASSAD_BRAND_KEY is not set/),
		'scanners.0.driver: expected one of: serial-generic, deaf, got "serail"',
		"printers.0.port: expected a whole number from 1 to 65535, got nothing",
	]);
});

test("a complaint names file, place, what was expected, what was got, and the line", () => {
	const text = shippedText.replace("attempts: 3", "attempts: three");
	const line = text.split("\n").findIndex((each) => each.includes("attempts: three")) + 1;
	const file = join(folder, "kassad.yaml");
	expect(() => loadText(text)).toThrow(
		`${file}: payApi.retry.attempts: expected a whole number from 1 to 20, got "three" (line ${line})`,
	);
});

describe("the file", () => {
	test.each([
		[
			"a key that stands twice",
			`${shippedText}\nlanguage: ru\n`,
			/^line \d+, column 1: Map keys must be unique$/,
		],
		["a broken line", "language: [ru\nlog: 1", /^line 2, column 1: /],
		["a tab as indentation", "log:\n\tlevel: info\n", /^line 2, column 1: Tabs are not allowed/],
		["a tag that would be guessed", "language: !secret ru\n", /^line 1, column 11: Unresolved tag$/],
		["a reference to nothing", "language: *ru\n", /^Unresolved alias/],
		["two documents", "a: 1\n---\nb: 2\n", /Source contains multiple documents/],
	])("with %s is refused", (_, text, complaint) => {
		expect(complaints(() => loadText(text))[0]).toMatch(complaint);
	});

	test("a syntax error does not quote the file, which may hold a misplaced secret", () => {
		for (const text of [
			'a: "sword\\qfish',
			"a: *swordfish",
			"a: !swordfish x",
			"a: @swordfish",
			"a: [swordfish: b: c",
		]) {
			expect(complaints(() => loadText(text)).join()).not.toMatch(/swordfish/);
		}
	});

	test.each([
		["nothing", ""],
		["a list", "- a"],
		["a word", "kassad"],
	])("that holds %s is refused", (_, text) => {
		expect(complaints(() => loadText(text))[0]).toMatch(/^expected a map of keys, got /);
	});

	test("of more than 1 MB is refused unread", () => {
		expect(complaints(() => loadText("#".repeat(1_048_577)))[0]).toMatch(
			/has 1048577 bytes, at most 1048576/,
		);
	});

	test("that multiplies itself by references is refused", () => {
		const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
		for (const [from, to] of ["ab", "bc", "cd", "de", "ef"])
			bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`)}]`);
		expect(complaints(() => loadText(bomb.join("\n")))[0]).toMatch(/Excessive alias count/);
	});

	test("that is not there is named", () => {
		expect(complaints(() => loadConfig(join(folder, "none.yaml"), env, known))[0]).toMatch(
			/^cannot read .*none\.yaml: no such file/,
		);
	});

	test("that is a folder is refused", () => {
		expect(complaints(() => loadConfig(folder, env, known))[0]).toMatch(/is not a file$/);
	});

	test("whatever it holds, the answer is a list of complaints", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => complaints(() => loadText(text)).length > 0),
		);
		fc.assert(fc.property(fc.json(), (text) => complaints(() => loadText(text)).length > 0));
	});
});

describe("a secret", () => {
	const secretFile = (content: string, mode = 0o600) => {
		const file = join(folder, "secret");
		writeFileSync(file, content);
		chmodSync(file, mode);
		return file;
	};
	const fromFile = (content: string, mode?: number) =>
		load({ "payApi.password": { file: secretFile(content, mode) } });

	test.each([["swordfish\n"], ["swordfish\r\n"], ["swordfish"]])(
		"comes from a file without its newline: %j",
		(content) => {
			expect(fromFile(content).password.reveal()).toBe("swordfish");
		},
	);

	test("keeps its spaces", () => {
		expect(fromFile(" sword fish \n").password.reveal()).toBe(" sword fish ");
	});

	test("is found beside the settings when its path is relative", () => {
		mkdirSync(join(folder, "secrets"));
		writeFileSync(join(folder, "secrets/pay"), "swordfish\n", { mode: 0o600 });
		expect(load({ "payApi.password": { file: "secrets/pay" } }).password.reveal()).toBe("swordfish");
	});

	test.each(["640", "604", "660", "620"])(
		"in a file of mode %s is refused with the command to run",
		(mode) => {
			expect(complaints(() => fromFile("swordfish\n", Number.parseInt(mode, 8)))).toEqual([
				`payApi.password: others may read ${join(folder, "secret")}: run chmod 600 ${join(folder, "secret")}`,
			]);
		},
	);

	test.each([
		["an empty file", () => fromFile("\n"), /is empty: write the secret into it/],
		["two lines", () => fromFile("sword\nfish\n"), /more than one line/],
		["a huge file", () => fromFile("x".repeat(65_537)), /has 65537 bytes/],
		["no file", () => load({ "payApi.password": { file: "none" } }), /cannot read .*none: no such file/],
		["no variable", () => load({}, { KASSAD_BRAND_KEY: brandKey }), /KASSAD_PAY_PASSWORD is not set: set it/],
		["an empty variable", () => load({}, { ...env, KASSAD_PAY_PASSWORD: "" }), /is not set: set it/],
	])("from %s is refused with what to do", (_, deed, complaint) => {
		const found = complaints(deed);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(/^payApi\.password: /);
		expect(found[0]).toMatch(complaint);
	});

	test.each([
		["swordfish"],
		[{ env: "swordfish" }],
		[{ file: 12345678 }],
		[{ file: "a", env: "SWORDFISH" }],
		[["swordfish"]],
	])("that stands in the settings themselves is refused without being shown: %j", (written) => {
		for (const place of ["payApi.password", "brands.0.key"]) {
			const found = complaints(() => load({ [place]: written }));
			expect(found).toHaveLength(1);
			expect(found[0]).toMatch(/expected/);
			expect(found[0]).not.toMatch(/swordfish|SWORDFISH|12345678/);
		}
	});

	test("in a login or an address is not shown either", () => {
		const places = { "payApi.login": "me:swordfish", "payApi.baseUrl.test": "https://me:swordfish@host/" };
		const found = complaints(() => load(places)).join("\n");
		expect(found).toMatch(/login: expected text of 1 to 256 characters without a colon, got \[hidden\]/);
		expect(found).toMatch(/baseUrl\.test: expected an https:.* got "https:\/\/\[hidden\]@host\/"/);
		expect(found).not.toMatch(/swordfish/);
	});
});

describe("a brand's key", () => {
	const keyed = (key: string) => load({}, { ...env, KASSAD_BRAND_KEY: key });

	test.each([[brandKey], [brandKey.toUpperCase()], ["ab".repeat(64)]])(
		"of hexadecimal digits is taken: %s",
		(key) => {
			expect(keyed(key).brandKeys.get("example")?.reveal()).toBe(key);
		},
	);

	test.each([["00112233"], [`${brandKey}0`], [`0x${brandKey}`], [` ${brandKey}`], ["g".repeat(32)]])(
		"that is short, odd or not hexadecimal is refused unseen: %j",
		(key) => {
			const found = complaints(() => keyed(key));
			expect(found).toEqual([
				expect.stringMatching(/^brands\.0\.key: .*hexadecimal digits, an even number, at least 32$/),
			]);
			expect(found[0]).not.toContain(key);
		},
	);
});

describe("contradictions are refused", () => {
	const { brands, scanners, printers } = parse(shippedText);
	const bare = (least: number, most = least) => ({
		...brands[0].layouts[2],
		prefix: "",
		number: { least, most },
	});

	test.each([
		[
			"two brands of one name",
			{ brands: [brands[0], brands[0]] },
			'brands.1.name: expected a name not used above, got "example"',
		],
		[
			"two scanners of one name",
			{ scanners: [scanners[0], scanners[0]] },
			'scanners.1.name: expected a name not used above, got "front"',
		],
		[
			"two printers of one name",
			{ printers: [printers[0], printers[0]] },
			'printers.1.name: expected a name not used above, got "receipt"',
		],
		[
			"least above most",
			{ "brands.0.layouts.0.number": { least: 14, most: 13 } },
			"brands.0.layouts.0.number: expected least not above most",
		],
		[
			"a wait that shrinks",
			{ "reopen.firstWaitMs": 6_000 },
			"reopen: expected firstWaitMs not above mostWaitMs",
		],
		[
			"a retry that shrinks",
			{ "payApi.retry.firstWaitMs": 6_000 },
			"payApi.retry: expected firstWaitMs not above mostWaitMs",
		],
		[
			"a poll after the end",
			{ "payApi.poll.everyMs": 2_000, "payApi.poll.giveUpMs": 1_000 },
			"payApi.poll: expected firstMs and everyMs not above giveUpMs",
		],
		[
			"a status of two meanings",
			{ "payApi.enums.statuses.rejected": ["rejected", "accepted"] },
			'payApi.enums.statuses.rejected.1: expected a word that stands only once among these lists, got "accepted"',
		],
		[
			"http to another machine",
			{ "payApi.baseUrl.test": "http://example.org/" },
			'payApi.baseUrl.test: expected an https:// address (http:// only to this machine), without a query or a login in it, got "http://example.org/"',
		],
		[
			"an unknown model",
			{ "printers.0.driver": "toString" },
			'printers.0.driver: expected one of: generic-80mm, got "toString"',
		],
		[
			"a prefix that YAML takes for a number",
			{ "brands.0.layouts.0.prefix": 77 },
			"brands.0.layouts.0.prefix: expected 0 to 2 letters and digits, in quotes, got 77",
		],
		[
			"certificates that are none",
			{ "payApi.caFile": shipped },
			`payApi.caFile: ${shipped} holds no certificate in PEM form`,
		],
	])("%s", (_, places, complaint) => {
		expect(complaints(() => load(places))).toEqual([complaint]);
	});

	test.each([[8], [12], [13], [14]])(
		"a bare card of %i digits at a scanner without AIM identifiers",
		(length) => {
			const places = { "brands.0.layouts": [bare(length)], "scanners.0.aim": false };
			const found = complaints(() => load(places));
			expect(found).toHaveLength(1);
			expect(found[0]).toMatch(
				new RegExp(`^brands.0.layouts.0: without a prefix a product of ${length} digits .* scanner front: `),
			);
		},
	);

	test("the same when the range of lengths only touches a product's, or the driver is the one without AIM", () => {
		expect(
			complaints(() => load({ "brands.0.layouts": [bare(9, 12)], "scanners.0.driver": "deaf" })),
		).toHaveLength(1);
	});

	test.each([
		["with AIM identifiers", { "brands.0.layouts": [bare(13)], "scanners.0.aim": true }],
		["of another length", { "brands.0.layouts": [bare(16)], "scanners.0.aim": false }],
		["with a prefix", { "scanners.0.aim": false }],
	])("but not a card %s", (_, places) => {
		expect(complaints(() => load(places))).toEqual([]);
	});

	test("a socket's path that is too long once it is whole", () => {
		const path = `${"a".repeat(90)}/b`;
		expect(complaints(() => load({ "socket.path": path }))[0]).toMatch(
			/^socket\.path: expected a path of at most 100 bytes/,
		);
	});
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
