import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { socketFindings } from "../../src/config/checks.ts";
import { env, settingsFile, shipped } from "../settings-file.ts";

const { folder, load, complaints } = settingsFile();

describe("contradictions are refused", () => {
	const bridge = {
		command: "java",
		args: ["-jar", "/opt/kassad/passcode-bridge.jar"],
		initMs: 10_000,
		callMs: 1_500,
		mostLineBytes: 65_536,
		restart: { firstWaitMs: 500, factor: 2, mostWaitMs: 30_000 },
	};
	const { brands, scanners, printers } = parse(readFileSync(shipped, "utf8"));
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
			"a USB name without its product",
			{ scanners: [{ ...scanners[0], path: "usb:0c2e" }] },
			'scanners.0.path: expected usb:VVVV:PPPP, with /serial=S or /port=1-2.3 behind it where two are alike, or a device file, got "usb:0c2e"',
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
			"a brand behind a bridge that is not there",
			{ "brands.0.verifier": "bridge" },
			"brands.0.verifier: expected builtin, because bridge is null",
		],
		[
			"two prefixes of cards that pay behind the bridge",
			{ "brands.0.verifier": "bridge", bridge, "brands.0.layouts.0.prefix": "78" },
			"brands.0.layouts: expected one prefix for all layouts with a session, because the vendor's library takes no more",
		],
		[
			"a bridge whose path depends on where kassad was started",
			{ bridge: { ...bridge, command: "bin/bridge" } },
			'bridge.command: expected the name of a program or an absolute path, got "bin/bridge"',
		],
		[
			"a bridge that waits ever less",
			{ bridge: { ...bridge, restart: { ...bridge.restart, firstWaitMs: 40_000 } } },
			"bridge.restart: expected firstWaitMs not above mostWaitMs",
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
		["with code-ids", { "brands.0.layouts": [bare(13)], "scanners.0.driver": "lettered" }],
		["with packets that tell", { "brands.0.layouts": [bare(13)], "scanners.0.driver": "packets" }],
	])("but not a card %s", (_, places) => {
		expect(complaints(() => load(places))).toEqual([]);
	});

	test.each([["java"], ["passcode bridge.exe"], ["/opt/kassad/bridge"], ["C:\\kassad\\bridge.exe"]])(
		"but not a bridge that is run as %s, nor an old card's own prefix before it",
		(command) => {
			const places = {
				"brands.0.verifier": "bridge",
				bridge: { ...bridge, command },
				"brands.0.layouts.2.prefix": "",
				"brands.0.layouts.2.number": { least: 16, most: 16 },
			};
			expect(complaints(() => load(places))).toEqual([]);
		},
	);

	test.each(["tcp", "webSocket"])("a socket over %s without a token to say", (key) => {
		const page = { path: "/kassad", origins: ["http://localhost"] };
		const place = { host: "127.0.0.1", port: 7_010, ...(key === "webSocket" && page) };
		expect(complaints(() => load({ [`socket.${key}`]: place }))).toEqual([
			"socket.tokens: expected at least one, because tcp or webSocket is not null",
		]);
	});

	test("TCP and WebSocket at one port", () => {
		const tcp = { host: "127.0.0.1", port: 7_010 };
		const places = {
			"socket.tcp": tcp,
			"socket.webSocket": { ...tcp, path: "/kassad", origins: ["http://localhost"] },
			"socket.tokens": [{ name: "till-3", token: { env: "KASSAD_TOKEN" } }],
		};
		const variables = { ...env, KASSAD_TOKEN: "0123456789abcdef".repeat(2) };
		expect(complaints(() => load(places, variables))).toEqual([
			"socket.webSocket: expected another port than that of socket.tcp",
		]);
	});

	test("a pipe of Windows elsewhere, and a file there", () => {
		const pipe = "\\\\.\\pipe\\kassad";
		const { settings } = load({});
		const findings = (path: string, system: NodeJS.Platform) =>
			socketFindings({ socket: { ...settings.socket, path } }, folder, system).map(({ text }) => text);
		expect(findings(pipe, "win32")).toEqual([]);
		expect(findings("kassad.sock", "linux")).toEqual([]);
		expect(findings(pipe, "linux")).toEqual([
			`expected a file's path, because this is not Windows, got ${pipe}`,
		]);
		expect(findings("C:\\kassad.sock", "win32")).toEqual([
			`expected a pipe such as ${pipe}, got C:\\kassad.sock`,
		]);
	});

	test("allowed users where the system does not tell who connects", () => {
		const { settings } = load({});
		const socket = { ...settings.socket, allowedUsers: [0] };
		expect(socketFindings({ socket }, folder, "linux")).toEqual([]);
		expect(socketFindings({ socket }, folder, "darwin")).toEqual([
			{ path: ["socket", "allowedUsers"], text: "expected null: only Linux tells who connects" },
		]);
	});

	test("a socket's path that is too long once it is whole", () => {
		const path = `${"a".repeat(90)}/b`;
		expect(complaints(() => load({ "socket.path": path }))[0]).toMatch(
			/^socket\.path: expected a path of at most 100 bytes/,
		);
	});
});
