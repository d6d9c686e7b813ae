import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { settings } from "../../src/model/settings/settings.ts";
import { configView } from "../../src/pos/office-config.ts";
import { configResult } from "../../src/pos/office-results.ts";
import { shipped } from "../settings-file.ts";

const shop = settings.parse(parse(readFileSync(shipped, "utf8")));
const [receipt] = shop.printers;

test("the view has what the settings say, and nothing that the document does not tell", () => {
	const view = configView(shop);
	expect(configResult.parse(view)).toEqual(view);
	expect(view).toMatchObject({
		environment: "test",
		address: shop.payApi.baseUrl.test,
		ownAuthority: false,
		storeId: shop.store.storeId,
		brands: [{ name: "example", verifier: "builtin", layouts: shop.brands[0]?.layouts }],
		printers: [{ name: "receipt", driver: "generic-80mm", by: "tcp", at: "192.168.1.100:9100" }],
	});
	expect(view).not.toHaveProperty("postbacks");
});

test("no place of a secret is in it, whatever the settings point to", () => {
	const secret = { file: "/etc/kassad/secret-file" };
	const tls = { certFile: "/etc/kassad/secret-cert", keyFile: "/etc/kassad/secret-key" };
	const postback = { host: "0.0.0.0", port: 8443, path: "/postback", tls, password: secret };
	const payApi = { ...shop.payApi, password: secret, caFile: "/etc/kassad/secret-ca", postback };
	const brands = shop.brands.map((brand) => ({ ...brand, key: secret }));
	const journal = { ...shop.journal, folder: "/var/lib/secret-folder" };
	const told = configView({ ...shop, payApi, brands, journal } as unknown as typeof shop);
	expect(JSON.stringify(told)).not.toContain("secret");
	expect(told).toMatchObject({ ownAuthority: true, postbacks: "https://0.0.0.0:8443/postback" });
});

test.each([
	[{ by: "usb", device: "usb:04b8:0e15" }, "usb:04b8:0e15"],
	[{ by: "serial", path: "/dev/ttyS0", line: null }, "/dev/ttyS0"],
	[{ by: "spooler", path: "\\\\localhost\\Receipt" }, "\\\\localhost\\Receipt"],
] as const)("a printer is found %j", (connection, at) => {
	const printers = [{ ...receipt, connection, substitute: "bar" }] as typeof shop.printers;
	const { by } = connection;
	expect(configView({ ...shop, printers }).printers).toMatchObject([{ by, at, substitute: "bar" }]);
});

test("further tills are told with their devices, and where else the socket is served, without a token", () => {
	const till = { terminalId: "till-2", scanners: ["bar"], printer: null };
	const store = { ...shop.store, terminals: [till, { ...till, terminalId: "till-3", printer: "kitchen" }] };
	const webSocket = {
		host: "127.0.0.1",
		port: 7_002,
		path: "/pos",
		origins: ["https://pos.example"],
	} as const;
	const tokens = [{ name: "front", token: { file: "/etc/kassad/secret" } }];
	const socket = { ...shop.socket, tcp: { host: "::1", port: 7_001 } as const, webSocket, tokens };
	const told = configView({ ...shop, store, socket } as unknown as typeof shop);
	expect(configResult.parse(told)).toEqual(told);
	expect(told).toMatchObject({ tcp: "[::1]:7001", webSocket: "ws://127.0.0.1:7002/pos" });
	expect(told.terminals).toEqual([
		{ terminalId: "till-2", scanners: ["bar"] },
		{ terminalId: "till-3", scanners: ["bar"], printer: "kitchen" },
	]);
	expect(JSON.stringify(told)).not.toContain("secret");
});
