import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { summary } from "../../src/config/summary.ts";
import { settings } from "../../src/model/settings/settings.ts";
import { shipped } from "../settings-file.ts";

const shop = settings.parse(parse(readFileSync(shipped, "utf8")));

/** The table's rows, without its drawing. */
function rows(drawn: string): Record<string, string> {
	const cells = drawn.split("\n").filter((line) => line.startsWith("│"));
	return Object.fromEntries(
		cells.map((line) =>
			line
				.split("│")
				.map((cell) => cell.trim())
				.slice(1, 3),
		),
	);
}

test("the table says whether real money moves, and where", () => {
	const { payApi } = shop;
	expect(rows(summary(shop))).toMatchObject({
		environment: "test: no real money moves",
		address: payApi.baseUrl.test,
	});
	expect(rows(summary({ ...shop, payApi: { ...payApi, environment: "production" } }))).toMatchObject({
		environment: "PRODUCTION: real money moves",
		address: payApi.baseUrl.production,
	});
});

test("the table says which ways to pay are taken, and who is trusted", () => {
	const { payApi } = shop;
	const enums = { ...payApi.enums, paymentTypes: ["SBP", "PAYLATE"] };
	const own = { ...payApi, caFile: "/etc/kassad/ca.pem", enums };
	expect(rows(summary(shop))).toMatchObject({ authorities: "the usual ones", "ways to pay": "SBP, DOLYAME" });
	expect(rows(summary({ ...shop, payApi: own }))).toMatchObject({
		authorities: "the usual ones and /etc/kassad/ca.pem",
		"ways to pay": "SBP, PAYLATE",
	});
});

test("the table shows where secrets are found, and which devices are there", () => {
	const table = rows(summary({ ...shop, scanners: [] }));
	expect(table).toMatchObject({
		scanner: "none",
		"printer receipt": "generic-80mm at 192.168.1.100, port 9100",
	});
	expect(table.password).toMatch(/^from .*KASSAD_PAY_PASSWORD/);
	expect(table["brand example"]).toMatch(/^key from .*KASSAD_BRAND_KEY/);
});

test("the table says who checks the passwords of a brand", () => {
	const bridge = { ...shop.bridge, command: "java" } as NonNullable<typeof shop.bridge>;
	const brands = shop.brands.map((brand) => ({ ...brand, verifier: "bridge" as const }));
	expect(summary(shop)).toContain("passwords checked by kassad itself");
	expect(summary({ ...shop, bridge, brands })).toContain("passwords checked by the bridge, java");
});

test("all lines of the table are equally long", () => {
	expect(
		new Set(
			summary(shop)
				.split("\n")
				.map(({ length }) => length),
		).size,
	).toBe(1);
});

test("the table says where POS programs connect, and shows where their tokens are found", () => {
	const { socket } = shop;
	const own = {
		...socket,
		allowedUsers: ["kassad", 1_000],
		tcp: { host: "127.0.0.1" as const, port: 7_010 },
		webSocket: { host: "localhost" as const, port: 7_011, path: "/kassad", origins: ["http://localhost"] },
		tokens: [{ name: "till-3", token: { env: "KASSAD_TOKEN" } }],
	};
	expect(rows(summary({ ...shop, socket: own }))).toMatchObject({
		socket: "/run/kassad/kassad.sock, mode 0660, only kassad, 1000",
		"socket over TCP": "127.0.0.1, port 7010",
		"socket over WebSocket": "localhost, port 7011, /kassad, for http://localhost",
		"token till-3": "from environment variable KASSAD_TOKEN",
	});
	expect(Object.keys(rows(summary(shop)))).not.toContain("socket over TCP");
});

test("the table says what each further till has", () => {
	const terminals = [
		{ terminalId: "till-2", scanners: ["second", "third"], printer: "receipt" },
		{ terminalId: "till-3", scanners: [], printer: null },
	];
	expect(rows(summary({ ...shop, store: { ...shop.store, terminals } }))).toMatchObject({
		terminal: "till-1",
		"terminal till-2": "scanners second, third; printer receipt",
		"terminal till-3": "scanners none; printer none",
	});
});
