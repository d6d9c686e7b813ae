import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { markedCard, receiptOf, settled } from "../journal/intents.ts";
import { begun, temporaryFolder } from "../journal/kit.ts";
import { shipped } from "../settings-file.ts";
import { days, storyTill } from "./story-kit.ts";

const root = join(import.meta.dirname, "../..");

/** The real program, beside this process that holds the journal open; without the till's secrets. */
async function kassad(folder: string, ...args: string[]) {
	const config = join(temporaryFolder(), "kassad.yaml");
	const settings = parse(readFileSync(shipped, "utf8"));
	writeFileSync(config, stringify({ ...settings, journal: { folder, keepDays: 90, eraseAfterDays: null } }));
	const child = spawn(process.execPath, ["src/cli.ts", "story", ...args, "--config", config], {
		cwd: root,
		env: { PATH: process.env.PATH ?? "", TZ: "Europe/Moscow" },
	});
	const status = new Promise((resolve) => child.once("close", resolve));
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { status: await status, stdout, stderr };
}

test("beside a running till the story is told in the language of the settings, or the one that is asked for", async () => {
	const till = storyTill();
	days.settled(till);
	const approved = (language: string) =>
		readFileSync(join(import.meta.dirname, `approved/story-settled.${language}.txt`), "utf8");
	const tell = (...args: string[]) => kassad(till.folder, "order 123", ...args);
	expect(await tell()).toEqual({ status: 0, stdout: approved("ru"), stderr: "" });
	expect(await tell("--language", "en")).toEqual({ status: 0, stdout: approved("en"), stderr: "" });
	// The till goes on as if nobody had looked.
	till.clock.at += 1;
	expect(begun(till.journal, "124").id).toBe("operation 124");
});

test("for a program there is all of it, with ISO times and kopecks", async () => {
	const till = storyTill();
	days.resolved(till);
	const { status, stdout } = await kassad(till.folder, "transaction 1", "--json");
	expect(status).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({
		name: "transaction 1",
		operations: [
			{
				operationId: "operation 123",
				amount: 85_900,
				moneyMoved: "yes",
				cashier: { title: "Оплата прошла" },
				startedAt: "2026-03-01T10:00:00.000Z",
				attempts: [{ call: "checkout", requestId: "request 123", result: "answered", summary: "paid" }],
				prints: [
					{ state: "unknown", resolved: "not-on-paper", resolvedAt: "2026-03-01T10:00:43.517Z" },
					{ state: "printed", evidence: "paper-barrier", printer: "back" },
				],
				slip: { paymentType: "SBP" },
			},
		],
	});
});

test("what is not there is said with exit code 1, what was looked for, and orders that may have been meant", async () => {
	const till = storyTill();
	days.settled(till);
	const { status, stdout, stderr } = await kassad(till.folder, "rder 12", "--language", "en");
	expect([status, stdout]).toEqual([1, ""]);
	expect(stderr).toContain('has no order, operation or transaction "rder 12"');
	expect(stderr).toContain("Orders that look like it: order 123.");
	const empty = await kassad(storyTill().folder, "1");
	expect([empty.status, empty.stderr]).toEqual([1, expect.stringContaining("Журнал пуст")]);
});

test("without a journal, or with a language that nobody speaks, it says so", async () => {
	const missing = await kassad(join(temporaryFolder(), "none"), "1");
	expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining("there is no such file")]);
	expect((await kassad(temporaryFolder(), "1", "--language", "fr")).status).toBe(2);
});

test("neither card number nor session nor what a bank adds to a slip is ever told, though an open payment has them", async () => {
	const till = storyTill();
	const slip = { ...settled.slip, unlisted: { pan: "CANARYUNLISTED" } };
	begun(till.journal, "a");
	till.finish("a", { ...settled, slip });
	till.journal.begin(receiptOf("transaction 1", "receipt"));
	begun(till.journal, "b");
	const outputs = await Promise.all(
		["order a", "order b", "nothing"].flatMap((name) =>
			[[], ["--json"]].map((more) => kassad(till.folder, name, ...more)),
		),
	);
	const all = JSON.stringify(outputs);
	expect(all).toContain("77*************2345");
	for (const secret of [markedCard.number, markedCard.session, "CANARYUNLISTED", "Мария"]) {
		expect(all).not.toContain(secret);
	}
});
