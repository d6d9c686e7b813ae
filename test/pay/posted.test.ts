import { beforeEach, describe, expect, test } from "vitest";
import { noPostbacks, PostedDesk } from "../../src/pay/posted.ts";
import type { Facts } from "../../src/pay/wire.ts";
import { accepted, refTransactionId, transactionId } from "./postback-shop.ts";

let now = 0;
const clock = { now: () => now, sleep: () => Promise.resolve() };
const keepMs = 10_000;
let desk: PostedDesk;
let heard: Facts[];
const hear = (facts: Facts) => heard.push(facts);
/** Ends after what `listen` has put off. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const about = (id: string): Facts => ({ status: "pending", transactionId: id });

beforeEach(() => {
	now = 1_000_000;
	desk = new PostedDesk(keepMs, clock);
	heard = [];
});

describe("someone who waits", () => {
	test("hears of the own transaction alone, in capital or small letters", () => {
		desk.listen(transactionId.toUpperCase(), hear);
		expect(desk.take(about(refTransactionId))).toBe("unknown");
		expect(desk.take(accepted)).toBe("heard");
		expect(desk.take({ ...accepted, transactionId: transactionId.toUpperCase() })).toBe("heard");
		expect(heard).toHaveLength(2);
	});

	test("for a refund hears by the refund's id", () => {
		desk.listen(refTransactionId, hear);
		const facts = { ...accepted, refTransactionId, refStatus: "accepted" };
		expect(desk.take(facts)).toBe("heard");
		expect(desk.take(accepted)).toBe("unknown");
		expect(heard).toEqual([facts]);
	});

	test("hears nothing after the end, which others do not feel", () => {
		const others: Facts[] = [];
		const stop = desk.listen(transactionId, hear);
		const stopTwice = desk.listen(transactionId, hear);
		desk.listen(transactionId, (facts) => others.push(facts));
		stop();
		stopTwice();
		stopTwice();
		expect(desk.take(accepted)).toBe("heard");
		expect(heard).toEqual([]);
		expect(others).toEqual([accepted]);
	});

	test("may end the waiting while hearing", () => {
		const stop = desk.listen(transactionId, (facts) => {
			hear(facts);
			stop();
		});
		desk.take(accepted);
		expect(desk.take(accepted)).toBe("late");
		expect(heard).toHaveLength(1);
	});

	test("may begin anew after the end", () => {
		desk.listen(transactionId, hear)();
		desk.listen(transactionId, hear);
		expect(desk.take(accepted)).toBe("heard");
	});
});

describe("a postback that nobody waits for", () => {
	test("is given to who comes within the time, once, in order, and not before listen has returned", async () => {
		expect(desk.take(about(transactionId))).toBe("unknown");
		expect(desk.take(accepted)).toBe("unknown");
		now += keepMs;
		desk.listen(transactionId, hear);
		expect(heard).toEqual([]);
		await settled();
		expect(heard).toEqual([about(transactionId), accepted]);
		desk.listen(transactionId, hear);
		await settled();
		expect(heard).toHaveLength(2);
	});

	test("about a refund is given by the refund's id", async () => {
		const facts = { ...accepted, refTransactionId, refStatus: "accepted" };
		desk.take(facts);
		desk.listen(refTransactionId, hear);
		await settled();
		expect(heard).toEqual([facts]);
	});

	test("is forgotten after the time", async () => {
		desk.take(accepted);
		now += keepMs + 1;
		desk.listen(transactionId, hear);
		await settled();
		expect(heard).toEqual([]);
	});

	test("is not given to who has left at once, but to the next", async () => {
		desk.take(accepted);
		desk.listen(transactionId, hear)();
		await settled();
		expect(heard).toEqual([]);
		desk.listen(transactionId, hear);
		await settled();
		expect(heard).toEqual([accepted]);
	});

	test("that ends the waiting is the last that is given", async () => {
		desk.take(accepted);
		desk.take(accepted);
		const stop = desk.listen(transactionId, (facts) => {
			hear(facts);
			stop();
		});
		await settled();
		expect(heard).toHaveLength(1);
	});

	test("is late when it was waited for before", () => {
		desk.listen(transactionId, hear)();
		expect(desk.take(accepted)).toBe("late");
		expect(desk.take({ ...accepted, refTransactionId })).toBe("late");
	});

	test("is kept among at most 64, the oldest go first", async () => {
		for (let index = 0; index < 65; index += 1) desk.take(about(`id-${index}`));
		desk.listen("id-0", hear);
		desk.listen("id-1", hear);
		await settled();
		expect(heard).toEqual([about("id-1")]);
	});

	test("is late among the last 1024 that were waited for, unknown before them", () => {
		for (let index = 0; index <= 1_024; index += 1) desk.listen(`id-${index}`, hear)();
		expect(desk.take(about("id-0"))).toBe("unknown");
		expect(desk.take(about("id-1"))).toBe("late");
	});
});

test("a till that cannot be reached hears nothing", async () => {
	noPostbacks.listen(transactionId, hear)();
	await settled();
	expect(heard).toEqual([]);
});
