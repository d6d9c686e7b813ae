import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { brandKey, env, settingsFile } from "../settings-file.ts";

const { folder, load, complaints } = settingsFile();

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

	test.each([
		[["swordfish-swordfish-swordfish-12345"]],
		[[{ name: "till-3", token: "swordfish-swordfish-swordfish-12345" }]],
		["swordfish-swordfish-swordfish-12345"],
	])("that stands among the tokens themselves is refused without being shown: %j", (written) => {
		const found = complaints(() => load({ "socket.tokens": written })).join();
		expect(found).toMatch(/socket\.tokens.*expected/);
		expect(found).not.toMatch(/swordfish/);
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
