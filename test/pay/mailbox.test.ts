import { expect, test } from "vitest";
import { Mailbox } from "../../src/pay/mailbox.ts";

const first = { status: "pending", transactionId: "t-1" };
const second = { status: "accepted", transactionId: "t-1" };

test("an empty mailbox has nothing and says so", () => {
	const mailbox = new Mailbox();
	expect([mailbox.take(), mailbox.arrived.aborted]).toEqual([undefined, false]);
});

test("what is put in is read once, and the first of several is kept", () => {
	const mailbox = new Mailbox();
	const { arrived } = mailbox;
	mailbox.put(first);
	mailbox.put(second);
	expect(arrived.aborted).toBe(true);
	expect([mailbox.take(), mailbox.take(), mailbox.arrived.aborted]).toEqual([first, undefined, false]);
});

test("after reading the next arrival is told anew", () => {
	const mailbox = new Mailbox();
	mailbox.put(first);
	mailbox.take();
	const { arrived } = mailbox;
	mailbox.put(second);
	expect(arrived.aborted).toBe(true);
});
