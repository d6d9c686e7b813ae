import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { FaultError } from "../../src/model/fault.ts";
import { nothingToSync, type OnDisk } from "../../src/model/on-disk.ts";
import { Secret } from "../../src/model/secret.ts";
import type { PayApiSettings } from "../../src/model/settings/pay-api.ts";
import { atOnce, type Turn } from "../../src/model/turns.ts";
import { payCalls } from "../../src/pay/calls.ts";
import type { Transport } from "../../src/pay/exchange.ts";
import { shopSettings } from "./settings.ts";

/** A client whose journal's disk is at work, and the requests that it has let out. */
function clientBehind(onDisk: OnDisk, turn: Turn = atOnce) {
	const left: string[] = [];
	const transport: Transport = async ({ path }) => {
		left.push(path);
		return { kind: "whole", answer: { status: 200, headers: {}, body: Buffer.from("{}") } };
	};
	const credentials = { login: "partner", password: new Secret("swordfish") };
	return { left, client: payCalls(transport, shopSettings, credentials, systemClock, { onDisk, turn }) };
}

test("no request leaves before the disk holds what the journal was given", async () => {
	const sync = Promise.withResolvers<void>();
	const { client, left } = clientBehind(() => sync.promise);
	const reply = client.call("checkout", {}, {});
	await new Promise((resolve) => setImmediate(resolve));
	expect(left).toEqual([]);
	sync.resolve();
	await reply;
	expect(left).toHaveLength(1);
});

test("when the disk fails the request stays here, and the caller hears of the disk", async () => {
	const failed = Promise.reject(new FaultError("journal-failed", "no disk"));
	failed.catch(() => undefined);
	const { client, left } = clientBehind(() => failed);
	await expect(client.call("checkout", {}, {})).rejects.toMatchObject({ code: "journal-failed" });
	expect(left).toEqual([]);
});

test("an answer is taken up when its turn has come, and then no deadline counts any more", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => void vi.useRealTimers());
	const turn = Promise.withResolvers<void>();
	const { client } = clientBehind(nothingToSync, () => turn.promise);
	let isTakenUp = false;
	const reply = client.call("checkout", {}, {}).finally(() => {
		isTakenUp = true;
	});
	await vi.advanceTimersByTimeAsync(100_000);
	await new Promise((resolve) => setImmediate(resolve));
	expect(isTakenUp).toBe(false);
	turn.resolve();
	expect(await reply).toMatchObject({ kind: "answer" });
});

test("who gets no answer hears of that at once", async () => {
	const transport: Transport = async () => ({ kind: "broken", left: true, error: new Error("cut") });
	const credentials = { login: "partner", password: new Secret("swordfish") };
	const tools = { onDisk: nothingToSync, turn: () => new Promise<void>(() => undefined) };
	const client = payCalls(transport, shopSettings, credentials, systemClock, tools);
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered" });
});

/** A client over a wire that is silent until it is given up, in fake time. */
function silentClient(over: Partial<PayApiSettings>) {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const transport: Transport = (_request, _mostBytes, signal, startBy) =>
		new Promise((resolve) => {
			const end = (left: boolean, { reason }: AbortSignal) =>
				resolve({ kind: "broken", left, error: reason });
			signal.addEventListener("abort", () => end(true, signal));
			startBy.addEventListener("abort", () => end(false, startBy));
		});
	const credentials = { login: "partner", password: new Secret("swordfish") };
	return payCalls(transport, { ...shopSettings, ...over }, credentials, systemClock, {
		onDisk: nothingToSync,
		turn: atOnce,
	});
}

test("each call waits for its start and its answer as long as its own policy says", async () => {
	const { deadlines, calls } = shopSettings;
	const client = silentClient({
		deadlines: { ...deadlines, startMs: 20_000 },
		calls: { ...calls, providers: { answerMs: 900 }, refund: { startMs: 700 } },
	});
	const ends: string[] = [];
	for (const call of ["providers", "providers-poll", "refund", "checkout"] as const) {
		void client.call(call, {}, {}).then(({ kind }) => ends.push(`${call} ${kind} ${Date.now() - begun}`));
	}
	const begun = Date.now();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(ends).toEqual([
		"refund not-sent 700",
		"providers unanswered 900",
		"providers-poll unanswered 900",
		"checkout unanswered 8000",
	]);
	expect(vi.getTimerCount()).toBe(0);
});
