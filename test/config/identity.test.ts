import { generateKeyPairSync } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { generate } from "selfsigned";
import { beforeAll, expect, test } from "vitest";
import { env, settingsFile } from "../settings-file.ts";

const { folder, load, complaints } = settingsFile();
const variables = { ...env, KASSAD_POSTBACK_PASSWORD: "herring" };
const postback = {
	host: "0.0.0.0",
	port: 8443,
	path: "/postback",
	login: "koshelek",
	password: { env: "KASSAD_POSTBACK_PASSWORD" },
	tls: { certFile: "postback.crt", keyFile: "postback.key" },
	mostBodyBytes: 65_536,
	mostConnections: 16,
	requestMs: 5_000,
	idleMs: 30_000,
	keepMs: 10_000,
};
const loaded = (places: object = {}) => load({ "payApi.postback": { ...postback, ...places } }, variables);
const said = (places?: object) => complaints(() => loaded(places));

let pem: { readonly cert: string; readonly private: string };

beforeAll(async () => {
	pem = await generate([{ name: "commonName", value: "till" }], { keyType: "ec", curve: "P-256" });
	writeFileSync(join(folder, "postback.crt"), pem.cert);
	writeFileSync(join(folder, "postback.key"), pem.private, { mode: 0o600 });
});

test("the certificate, its key and the password are fetched, and the latter two hide themselves", () => {
	const config = loaded();
	expect(config.postback?.password.reveal()).toBe("herring");
	expect(config.postback?.tls?.cert).toBe(pem.cert);
	expect(config.postback?.tls?.key.reveal()).toBe(pem.private.trimEnd());
	expect(inspect(config, { depth: 9 })).not.toMatch(/herring|PRIVATE KEY/);
});

test("nothing is fetched for a till that the server cannot reach", () => {
	expect(load({}).postback).toBeUndefined();
});

test("plain http on a loopback host needs no files", () => {
	const { tls } = loaded({ host: "127.0.0.1", tls: null }).postback ?? {};
	expect(tls).toBeUndefined();
});

test("a missing password is told with its place", () => {
	expect(said({ password: { env: "KASSAD_NONE" } })).toEqual([
		expect.stringMatching(/^payApi.postback.password: environment variable KASSAD_NONE is not set/),
	]);
});

test("a key that others may read is refused with the command to run", () => {
	const key = join(folder, "open.key");
	writeFileSync(key, pem.private);
	chmodSync(key, 0o644);
	expect(said({ tls: { certFile: "postback.crt", keyFile: "open.key" } })).toEqual([
		`payApi.postback.tls: others may read ${key}: run chmod 600 ${key}`,
	]);
});

test("a key of another certificate is refused", () => {
	const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const other = privateKey.export({ type: "pkcs8", format: "pem" });
	writeFileSync(join(folder, "other.key"), other, { mode: 0o600 });
	expect(said({ tls: { certFile: "postback.crt", keyFile: "other.key" } })).toEqual([
		expect.stringMatching(
			/^payApi.postback.tls: postback.crt and other.key are not a certificate and its key in PEM form \(ERR_OSSL/,
		),
	]);
});

test("a file that is no PEM is refused without its content", () => {
	writeFileSync(join(folder, "mistake.key"), "swordfish and chips", { mode: 0o600 });
	const [complaint] = said({ tls: { certFile: "postback.crt", keyFile: "mistake.key" } });
	expect(complaint).toMatch(/^payApi.postback.tls: postback.crt and mistake.key are not/);
	expect(complaint).not.toContain("chips");
});
