import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { makeCertificate } from "../../hardware-mocks/pay-api/certificate.ts";
import { machine, prove } from "./selftest-kit.ts";
import { type Change, changed, openShop, payOnce, settingsFile } from "./shop.ts";

let stage: Stage;
const servers: Server[] = [];

beforeAll(async () => {
	stage = await openShop();
	await payOnce(stage);
}, 60_000);

afterAll(async () => {
	for (const server of servers) {
		server.close();
		server.closeAllConnections();
	}
	await stage.strike();
});

/** The internal checks alone, with other settings, beside the till. */
async function proveMachine(name: string, change: Change) {
	const folder = join(stage.folder, name);
	mkdirSync(folder);
	const file = join(folder, "kassad.yaml");
	const own: Change = (settings) => {
		settings.socket.path = join(folder, "kassad.sock");
		settings.journal.folder = join(folder, "journal");
		change(settings);
	};
	writeFileSync(file, changed(readFileSync(settingsFile(stage), "utf8"), own));
	const proof = await prove(stage, ["--only", "internal", "--config", file]);
	expect(proof.checks.map(({ check }) => check)).toEqual(machine);
	return { red: proof.by.red, ...proof };
}

/** A server that answers everything and has its own time and certificate; what the settings say to trust it. */
async function serverWith(
	{ key, cert, caPem }: { readonly key: string; readonly cert: string; readonly caPem: string },
	date = () => new Date(),
): Promise<Change> {
	const server = createServer({ key, cert }, (_, response) => {
		response.setHeader("date", date().toUTCString()).end();
	}).listen(0, "localhost");
	servers.push(server);
	await once(server, "listening");
	const caFile = join(stage.folder, `authority-${servers.length}.pem`);
	writeFileSync(caFile, caPem);
	return ({ payApi }) => {
		payApi.caFile = caFile;
		payApi.baseUrl.test = `https://localhost:${(server.address() as AddressInfo).port}/shop`;
	};
}

const hour = 3_600_000;

test("a clock that is an hour ahead is exactly one red line, and tells how many seconds", async () => {
	const behind = await serverWith(await makeCertificate(), () => new Date(Date.now() - hour));
	const { code, red, checks } = await proveMachine("clock", behind);
	expect([code, red]).toEqual([1, ["clock"]]);
	const [remark] = checks.find(({ state }) => state === "red")?.remarks ?? [];
	expect(remark?.code).toBe("clock-ahead");
	expect(Math.abs(Number(remark?.facts.seconds) - 3_600)).toBeLessThan(60);
}, 60_000);

test("a certificate that has ended is exactly one red line, and tells since when", async () => {
	const [from, until] = [new Date(Date.now() - 48 * hour), new Date(Date.now() - 25 * hour)];
	const own = await generate([{ name: "commonName", value: "localhost" }], {
		...{ keyType: "ec", curve: "P-256", algorithm: "sha256", notBeforeDate: from, notAfterDate: until },
		extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
	});
	const ended = await serverWith({ key: own.private, cert: own.cert, caPem: own.cert });
	const { code, red, checks } = await proveMachine("certificate", ended);
	expect([code, red]).toEqual([1, ["certificate"]]);
	expect(checks.find(({ state }) => state === "red")?.remarks[0]).toMatchObject({
		...{ code: "certificate-expired" },
		facts: { days: "2", until: until.toISOString().slice(0, 10), issuer: "localhost" },
	});
}, 60_000);

test("a server that nobody vouches for, or none, is told as such", async () => {
	const untrusted = await serverWith(await makeCertificate());
	const distrusted = await proveMachine("untrusted", (settings) => {
		untrusted(settings);
		settings.payApi.caFile = null;
	});
	expect(distrusted.red).toEqual(["certificate"]);
	const nobody = await proveMachine("nobody", ({ payApi }) => {
		payApi.baseUrl.test = "https://localhost:1/shop";
	});
	expect(nobody.red).toEqual(["server"]);
	expect(nobody.by.skipped).toEqual(["certificate", "clock"]);
}, 60_000);

test("a disk with too little room is exactly one red line", async () => {
	const { code, red, screen } = await proveMachine("disk", ({ selfTest }) => {
		selfTest.leastFreeBytes = 1_099_511_627_776;
	});
	expect([code, red]).toEqual([1, ["disk"]]);
	expect(screen).toContain("(selfTest.leastFreeBytes)");
}, 60_000);

test("a damaged journal is exactly one red line", async () => {
	const damaged = await proveMachine("damaged", ({ journal }) => {
		mkdirSync(journal.folder, { mode: 0o700 });
		writeFileSync(join(journal.folder, "journal.db"), "no database at all, ".repeat(500), { mode: 0o600 });
	});
	expect(damaged.red).toEqual(["journal"]);
}, 60_000);

test("a journal in which somebody has changed a row is exactly one red line, and the row is named", async () => {
	const { red, checks } = await proveMachine("changed", ({ journal }) => {
		cpSync(join(stage.folder, "journal"), journal.folder, { recursive: true });
		chmodSync(journal.folder, 0o700);
		const file = new DatabaseSync(join(journal.folder, "journal.db"));
		const triggers = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
		for (const { name } of triggers) file.exec(`DROP TRIGGER ${String(name)}`);
		file.exec("UPDATE prints SET printer = 'another' WHERE id = 1");
		file.close();
	});
	expect(red).toEqual(["journal"]);
	const [remark] = checks.find(({ check }) => check === "journal")?.remarks ?? [];
	expect(remark).toMatchObject({
		code: "journal-unsound",
		facts: { detail: expect.stringMatching(/^\d+: /) },
	});
}, 60_000);

test("settings that are wrong are exit code 2, and nothing is checked", async () => {
	const file = join(stage.folder, "wrong.yaml");
	const wrong: Change = (settings) => {
		settings.socket.path = join(stage.folder, "elsewhere.sock");
		settings.payApi.retry.attempts = "three";
	};
	writeFileSync(file, changed(readFileSync(settingsFile(stage), "utf8"), wrong));
	const { code, checks, screen } = await prove(stage, ["--config", file]);
	expect([code, checks]).toEqual([2, []]);
	expect(screen).toContain("payApi.retry.attempts: expected a whole number from 1 to 20");
}, 60_000);
