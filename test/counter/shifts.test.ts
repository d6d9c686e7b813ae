import { expect, test } from "vitest";
import { temporaryFolder } from "../journal/kit.ts";
import { wordsOn } from "../paper-kit.ts";
import { paidSale, standAtCounter } from "./counter-kit.ts";

type Counter = ReturnType<typeof standAtCounter>;

const hash = "body of a deed";
const open = ({ methods }: Counter, key: string, terminal?: string) =>
	methods["shift.open"]({ key, ...(terminal && { terminal }) }, hash);
const close = ({ methods }: Counter, key: string, terminal?: string) =>
	methods["shift.close"]({ key, ...(terminal && { terminal }) }, hash);
const read = ({ methods }: Counter, asked: object = {}) => methods["report.read"]({ limit: 200, ...asked });

/** A counter at which a shift was opened, one payment of 1 159 roubles was taken, and the shift was closed. */
async function oneShift() {
	const counter = standAtCounter();
	await open(counter, "open");
	counter.clock.at += 1_000;
	await paidSale(counter, "a");
	counter.clock.at += 1_000;
	return { ...counter, report: await close(counter, "close") };
}

test("a shift is closed with its report, and read again by its number or as the last one", async () => {
	const counter = await oneShift();
	const { report, clock } = counter;
	const ends = {
		openedAt: new Date(clock.at - 2_000).toISOString(),
		closedAt: new Date(clock.at).toISOString(),
	};
	expect(report).toMatchObject({
		shift: { number: 1, terminalId: "till 1", ...ends },
		...{ storeId: "store 1", terminalId: "till 1", head: expect.stringMatching(/^\d+:[0-9a-f]{16}$/) },
		rows: [{ kind: "payment", state: "settled", orderId: "order a", shift: 1 }],
	});
	const [row] = report.rows;
	expect(report.sums).toMatchObject({
		totals: [{ count: 1, sum: row?.amount }],
		net: row?.amount,
		unknown: 0,
	});
	expect(await read(counter, { shift: 1 })).toEqual(report);
	expect(await read(counter, { shift: "last" })).toEqual(report);
	await expect(read(counter, { shift: "current" })).rejects.toThrow("shift-not-found: no current shift");
	await expect(read(counter, { shift: 2 })).rejects.toThrow("shift-not-found: no shift 2");
	await expect(read(counter, { shift: 1, terminal: "till 2" })).rejects.toThrow("shift 1 is of till till 1");
});

test("what is sold after a shift belongs to the next one", async () => {
	const counter = await oneShift();
	counter.clock.at += 1;
	await open(counter, "open 2");
	await paidSale(counter, "b");
	const { rows, shift } = await read(counter, { shift: "current" });
	expect([rows.map(({ orderId }) => orderId), shift]).toMatchObject([["order b"], { number: 2 }]);
	expect(shift).not.toHaveProperty("closedAt");
	expect((await read(counter, { shift: 1 })).rows).toHaveLength(1);
	counter.clock.at += 1;
	expect((await read(counter)).rows).toHaveLength(2);
});

test("the same key gets the first answer, and no other deed", async () => {
	const counter = await oneShift();
	const opened = { number: 1, terminalId: "till 1", openedAt: counter.report.shift?.openedAt };
	expect(await open(counter, "open")).toEqual(opened);
	expect(await close(counter, "close")).toEqual(counter.report);
	await expect(close(counter, "open")).rejects.toThrow("key-conflict: the key belongs to shift 1");
	await expect(open(counter, "close")).rejects.toThrow("key-conflict");
	await expect(counter.methods["shift.open"]({ key: "open" }, "another body")).rejects.toThrow(
		"key-conflict",
	);
	await expect(close(counter, "close 2")).rejects.toThrow("shift-not-open");
	expect((await counter.methods["shift.list"]({ limit: 5 })).shifts).toHaveLength(1);
});

test("one shift at a time, also over a restart, and no shift of a till that is not there", async () => {
	const folder = temporaryFolder();
	const before = standAtCounter({ folder });
	await open(before, "a");
	before.journal.close();
	const counter = standAtCounter({ folder });
	await expect(open(counter, "b")).rejects.toThrow("shift-already-open: shift 1 goes on");
	await expect(open(counter, "c", "till 9")).rejects.toThrow("terminal-unknown");
	expect((await close(counter, "d")).shift?.number).toBe(1);
});

test("shifts are listed in parts, the newest first", async () => {
	const counter = standAtCounter();
	for (const key of ["1", "2", "3"]) {
		await open(counter, `open ${key}`);
		await close(counter, `close ${key}`);
	}
	const list = counter.methods["shift.list"];
	const { shifts, next } = await list({ limit: 2 });
	expect([shifts.map(({ number }) => number), next]).toEqual([[3, 2], 2]);
	const rest = await list({ limit: 2, before: 2 });
	expect(rest).toMatchObject({ shifts: [{ number: 1 }] });
	expect(rest).not.toHaveProperty("next");
});

test("a report comes in parts, and only the first has the sums", async () => {
	const counter = standAtCounter();
	for (const order of ["a", "b", "c"]) {
		await paidSale(counter, order);
		counter.clock.at += 1;
	}
	const first = await read(counter, { limit: 2 });
	expect(first).toMatchObject({
		rows: [{ orderId: "order a" }, { orderId: "order b" }],
		sums: { totals: [{ count: 3 }] },
	});
	const second = await read(counter, { limit: 2, after: first.next });
	expect(second).toMatchObject({ rows: [{ orderId: "order c" }] });
	expect(Object.keys(second)).toEqual(expect.not.arrayContaining(["sums", "next"]));
});

test("moments that make no sense are refused, and another till has nothing", async () => {
	const counter = await oneShift();
	const now = counter.clock.now();
	await expect(read(counter, { from: now, to: now })).rejects.toThrow("request-invalid: to:");
	await expect(read(counter, { from: 0, to: now })).rejects.toThrow("by 7 days at most");
	expect(await read(counter, { terminal: "till 2" })).toMatchObject({ terminalId: "till 2", rows: [] });
});

test("the report of a shift is printed under its number, and is a copy the second time it is asked for", async () => {
	const counter = await oneShift();
	const { methods, printers } = counter;
	const wish = { key: "paper", document: "shift-report", shift: "last" } as const;
	const { printId } = await methods["print.document"](wish, hash);
	await new Promise(setImmediate);
	expect(await methods["print.get"]({ printId })).toMatchObject({ state: "printed", shift: 1 });
	expect(wordsOn(printers[0]?.blocks[0])).toMatch(/Смена\s+1\s/);
	expect((await methods["print.again"]({ key: "more", printId }, hash)).mark).toBe("copy");
	const current = methods["print.document"]({ ...wish, key: "none", shift: "current" }, hash);
	await expect(current).rejects.toThrow("shift-not-found");
});
