import { beforeEach, expect, test, vi } from "vitest";
import type { Diary } from "../../src/model/operation.ts";
import { CancelWish } from "../../src/pay/cancel-wish.ts";
import { begun, opened } from "../journal/kit.ts";
import { scene } from "./scene.ts";
import { accepts, cancels, late, says, settled, transactionId } from "./turns.ts";

/** A wish whose diary is a list of lines, one for each sync. */
function wishWith(known?: "cashier") {
	const lines: string[] = [];
	const diary: Diary = {
		before: (call, requestId, learned) =>
			lines.push(`${call} ${requestId} ${Object.values(learned ?? {}).join()}`),
		after: (attempt, { kind }) => void lines.push(`${attempt} ${kind}`),
		learned: ({ cancelWanted }) => void lines.push(`learned ${cancelWanted}`),
	};
	return { lines, wish: new CancelWish(known, diary, "cancel-1") };
}

test("a wish while a cancel would leave at once is written down with its request, by one sync", async () => {
	const { lines, wish } = wishWith();
	await wish.awaited(async () => wish.want("cashier"));
	expect(lines).toEqual(["cancel cancel-1 cashier"]);
	expect(wish).toMatchObject({ reason: "cashier", signal: { aborted: true } });
	expect([wish.takeAttempt(), wish.takeAttempt()]).toEqual([1, undefined]);
	wish.forgo();
	expect(lines).toHaveLength(1);
});

test("a wish at another moment is written down by itself", async () => {
	const { lines, wish } = wishWith();
	await wish.awaited(async () => undefined);
	wish.want("timed-out");
	expect(lines).toEqual(["learned timed-out"]);
	expect(wish.takeAttempt()).toBeUndefined();
});

test("a wish is wished once, and one of an earlier run stays", async () => {
	const { lines, wish } = wishWith("cashier");
	await wish.awaited(async () => wish.want("customer"));
	expect(lines).toEqual([]);
	expect(wish.reason).toBe("cashier");
});

test("a cancel that stands in the diary and has not left is told as not sent", async () => {
	const { lines, wish } = wishWith();
	await wish.awaited(async () => wish.want("cashier"));
	wish.forgo();
	expect(lines.at(-1)).toBe("1 not-sent");
});

test("the journal has the wish and the cancel's request at once, or neither", () => {
	const journal = opened();
	begun(journal, "a");
	const diary = journal.diary("operation a");
	const attempt = diary.before("cancel", "cancel a", { cancelWanted: "cashier" });
	expect(journal.find({ id: "operation a" })).toMatchObject({ cancelWanted: "cashier" });
	diary.after(attempt, { kind: "not-sent", summary: "" });
	expect(() =>
		journal.diary("operation b").before("cancel", "cancel b", { cancelWanted: "cashier" }),
	).toThrow("internal-failure: operation operation b is not open");
});

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

test("a payment that is accepted in the moment of the wish is settled, and its cancel is told as not sent", async () => {
	const it = scene({ checkout: [says("pending")], status: [late(100, accepts)], cancel: [cancels] });
	await it.pass(350);
	it.posted.take({ status: "accepted", transactionId, slip: settled.slip });
	it.cashier.abort("cashier");
	expect(await it.ending()).toEqual(settled);
	expect(it.attempts.filter(({ call }) => call === "cancel")).toMatchObject([{ result: "not-sent" }]);
	expect(it.calls()).not.toContain("cancel");
});
