import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { harm } from "../journal/chain-kit.ts";
import { logLine } from "./log-lines.ts";
import { newCustomer, openShop, payOnce, restart, settingsFile } from "./shop.ts";

let stage: Stage;

beforeEach(async () => {
	stage = await openShop();
}, 60_000);

afterEach(() => stage.strike());

/** Verifies the till's journal as a technician would. */
async function verify(...args: string[]) {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const command = [program, "journal", "verify", "--json", "--config", settingsFile(stage), ...args];
	const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
	const [out, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
	return { code, ...JSON.parse(out) };
}

test("a journal is proven whole while its daemon takes payments, and an earlier head is proven too", async () => {
	await payOnce(stage);
	const [first] = await Promise.all([verify(), payOnce(stage).then(() => payOnce(stage))]);
	expect(first).toMatchObject({ code: 0, whole: true, findings: [] });
	await payOnce(stage);
	const last = await verify("--head", first.head);
	expect(last).toMatchObject({ code: 0, whole: true, findings: [] });
	expect(last.entries).toBeGreaterThan(first.entries);
});

test("what was done to the journal of a stopped daemon is named, and the next start warns", async () => {
	const customer = newCustomer();
	const operationId = await payOnce(stage, customer);
	const { orderId } = customer.basket;
	await stage.daemon.stop();
	const folder = join(stage.folder, "journal");
	harm(folder, "UPDATE operations SET amount = 1 WHERE id = ?", operationId);
	expect(await verify()).toMatchObject({
		...{ code: 1, whole: false },
		findings: [{ kind: "changed", table: "operations", about: "payment", orderId, operationId }],
	});
	harm(folder, "UPDATE chain SET at = 0 WHERE number = (SELECT max(number) FROM chain)");
	await restart(stage);
	const words = "the end of the journal's chain is not as kassad wrote it: run kassad journal verify";
	await logLine(stage.daemon, words);
	await payOnce(stage);
	expect((await verify()).findings.map(({ kind }: { kind: string }) => kind)).toEqual([
		"chain-broken",
		"changed",
	]);
});
