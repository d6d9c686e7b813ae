import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { begin, endOf, startRefund } from "./flow-kit.ts";
import { newCustomer, openShop, payOnce, refusal, settingsFile, withSettings } from "./shop.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openShop();
});
afterAll(() => stage.strike());

async function kassad(...args: string[]) {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const child = spawn(process.execPath, [program, ...args, "--config", settingsFile(stage)]);
	const status = new Promise((resolve) => child.once("close", resolve));
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { status: await status, stdout, stderr };
}

const backup = (name: string, ...more: string[]) =>
	kassad("journal", "backup", "--out", join(stage.folder, name), ...more);

/** How an operation stands in a copy that nobody has opened yet. */
function stateIn(file: string, operationId: string) {
	const copy = new DatabaseSync(file, { readOnly: true });
	const state = "SELECT coalesce(outcome, 'in-progress') AS state FROM operations WHERE id = ?";
	const row = copy.prepare(state).get(operationId);
	copy.close();
	return row?.state;
}

test("a daemon that is started on a copy answers for what was paid before it, and pays on", async () => {
	const before = newCustomer();
	const operationId = await payOnce(stage, before);
	const made = await backup("copy", "--with-key");
	expect(made).toMatchObject({ status: 0, stderr: "" });
	expect(made.stdout).toContain("every row is as kassad wrote it");
	expect(made.stdout).toContain("The key is beside it");
	const after = newCustomer();
	await payOnce(stage, after);
	await withSettings(
		stage,
		(settings) => {
			settings.journal.folder = join(stage.folder, "copy");
		},
		async () => {
			const { orderId } = before.basket;
			const found = await stage.pos.call("operation.get", { orderId });
			expect(found).toMatchObject({ operationId, state: "settled", print: { state: "printed" } });
			const unknown = stage.pos.call("operation.get", { orderId: after.basket.orderId });
			expect((await refusal(unknown)).data.fault).toBe("operation-not-found");
			const { operationId: refundId } = await startRefund(stage, { operationId });
			expect(await endOf(stage, refundId)).toMatchObject({ state: "settled", moneyMoved: "yes" });
		},
	);
	expect(await kassad("journal", "verify", "--folder", join(stage.folder, "copy"))).toMatchObject({
		status: 0,
	});
}, 60_000);

test("a payment that was open when the copy was made ends on the restored till, and the card was sealed in it", async () => {
	const paid = stage.payApi.paymentsMade();
	const operationId = await begin(stage, { afterMs: 6_000 });
	const made = await backup("open.db");
	expect(made.stdout).toContain("The key is not in it: keep a copy of ");
	expect(made.status).toBe(0);
	expect(stateIn(join(stage.folder, "open.db"), operationId)).toBe("in-progress");
	await endOf(stage, operationId);
	const restored = join(stage.folder, "restored");
	mkdirSync(restored, { mode: 0o700 });
	copyFileSync(join(stage.folder, "open.db"), join(restored, "journal.db"));
	copyFileSync(join(stage.folder, "journal/journal.key"), join(restored, "journal.key"));
	await withSettings(
		stage,
		(settings) => {
			settings.journal.folder = restored;
		},
		async () => {
			await endOf(stage, operationId);
			const found = await stage.pos.call("operation.get", { operationId });
			expect(found).toMatchObject({ state: "settled", moneyMoved: "yes" });
			expect(stage.payApi.paymentsMade()).toBe(paid + 1);
		},
	);
}, 60_000);

test("without the key nothing is put back: the till says whose key is missing", async () => {
	const lonely = join(stage.folder, "lonely");
	expect(await backup("lonely")).toMatchObject({ status: 0 });
	const verified = await kassad("journal", "verify", "--folder", lonely);
	expect(verified).toMatchObject({ status: 1, stderr: expect.stringContaining("the key file is missing") });
});

test("nothing is written over, and a file with a key is refused", async () => {
	expect(await backup("twice.db")).toMatchObject({ status: 0 });
	const again = await backup("twice.db");
	expect(again).toMatchObject({
		status: 2,
		stderr: expect.stringContaining("is there already: name another"),
	});
	const file = await backup("other.db", "--with-key");
	expect(file).toMatchObject({ status: 2, stderr: expect.stringContaining("name a folder") });
});
