import { expect, test } from "vitest";
import { secretFiles } from "../../src/config/secret-files.ts";

test("every file with a secret is found, wherever the settings name it, and nothing else", () => {
	const settings = {
		payApi: {
			password: { file: "pay" },
			caFile: "ca.pem",
			postback: { password: { env: "WORD" }, tls: { certFile: "a.crt", keyFile: "a.key" } },
		},
		brands: [{ key: { env: "KEY" } }, { key: { file: "/etc/brand" } }],
		printers: [{ connection: { by: "file", path: "/tmp/paper" } }],
		bridge: null,
	};
	expect(secretFiles(settings)).toEqual([
		{ path: "pay", place: ["payApi", "password"] },
		{ path: "a.key", place: ["payApi", "postback", "tls", "keyFile"] },
		{ path: "/etc/brand", place: ["brands", "1", "key"] },
	]);
});
