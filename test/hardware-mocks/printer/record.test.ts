import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { commands, sampleReceipt, text, transactionId } from "./sample.ts";
import { stepClock } from "./step-clock.ts";
import { connectTill, connectTo } from "./till.ts";

const { begin, cut, confirm } = commands;
const status = (n: number) => Buffer.of(0x10, 0x04, n);

test("a text is counted on every paper, that in the printer included, and in symbols apart", async () => {
	const till = await connectTill();
	till.send(sampleReceipt(48), sampleReceipt(48), begin, text(transactionId));
	await till.settled();
	const { printer } = till;
	expect(printer.receipts).toHaveLength(2);
	expect(printer.timesOnPaper(transactionId)).toBe(3);
	expect(printer.timesOnPaper(transactionId, "symbol")).toBe(2);
	expect(printer.timesOnPaper(transactionId, "torn")).toBe(0);
	expect(printer.timesOnPaper("nothing")).toBe(0);
	expect(printer.hanging.text).toBe(transactionId);
});

test("a text that was wrapped is found, and half a line is torn and not there", async () => {
	const till = await connectTill({ dots: 384 });
	till.printer.paperOutAfterDots(75);
	till.send(begin, text(transactionId), text("KL-7"), text("KL-8"));
	await till.settled();
	const { printer } = till;
	expect(printer.timesOnPaper(transactionId)).toBe(1);
	expect([printer.timesOnPaper("KL-7"), printer.timesOnPaper("KL-7", "torn")]).toEqual([0, 1]);
	expect([printer.timesOnPaper("KL-8"), printer.timesOnPaper("KL-8", "torn")]).toEqual([0, 0]);
	printer.reload();
	expect([printer.timesOnPaper("KL-7"), printer.timesOnPaper("KL-7", "torn")]).toEqual([1, 1]);
});

test("power that fails after so many bytes ends the connection, and the printer wakes up as delivered", async () => {
	const till = await connectTill();
	const { printer } = till;
	const power = printer.powerLossAfter(begin.length + 5 + 3);
	till.send(Buffer.concat([begin, text("чекк"), text("потом"), cut]));
	await power;
	await till.ended;
	expect(printer.hanging.text).toBe("чекк");
	expect(printer.losses.map(({ why, bytes }) => [why, [...bytes]])).toEqual([
		["power", [...text("пот").subarray(0, 3)]],
	]);
	const refused = connect(printer.port, printer.host);
	await expect(once(refused, "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
	await printer.powerOn();
	const socket = await connectTo(printer);
	const answer = once(socket, "data");
	socket.write(Buffer.concat([text("ч"), status(1)]));
	expect([...(await answer)[0]]).toEqual([0x12]);
	// Code page 437 again.
	expect(printer.hanging.text).toBe("чекк\nτ");
});

test("the history has all that happened in its order, with its time", async () => {
	const clock = stepClock();
	const till = await connectTill({ clock, model: "80mm" });
	const { printer } = till;
	till.send(begin, text("раз"), cut, commands.drawer);
	await till.settled();
	await clock.pass(5);
	printer.coverOpen();
	till.send(text("два"));
	await till.settled();
	printer.reload();
	await printer.powerOff();
	expect(printer.history.map(({ at, what }) => [at, what])).toEqual([
		[0, "paper"],
		[0, "drawer"],
		[5, "condition"],
		[5, "condition"],
		[5, "power"],
	]);
	expect(printer.receipts.map(({ at, height }) => [at, height])).toEqual([[0, 30 + 112]]);
});

test("a hot head cools by itself", async () => {
	const clock = stepClock();
	const till = await connectTill({ clock });
	till.printer.overheat(500);
	till.send(status(3));
	expect(await till.answer(1)).toEqual(Buffer.of(0x52));
	await clock.pass(500);
	expect(till.printer.condition.hot).toBe(false);
});

test("a model is what its data say, but for what the options say", async () => {
	const till = await connectTill({ dots: 384, model: "58mm", queuedStatus: true });
	till.send(Buffer.of(0x1d, 0x72, 1));
	expect(await till.answer(1)).toEqual(Buffer.of(0));
});

test("a bad line spoils answers from the start, and no longer than it is bad", async () => {
	const till = await connectTill({ garbling: { seed: 7, flow: 1 } });
	till.send(status(1));
	const [flow, answer] = await till.answer(2);
	expect([0x11, 0x13]).toContain(flow);
	expect(answer).toBe(0x12);
	till.printer.garble();
	till.send(begin, text("Чек"), confirm("A001"));
	expect(await till.answer(7)).toEqual(Buffer.of(0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0x00));
});

test("a small buffer holds the host back to the byte", async () => {
	const till = await connectTill({ bufferBytes: 512, paper: "out" });
	till.send(begin, Buffer.alloc(2_000, "0123456789abcde\n"), status(4));
	const { printer } = till;
	while (printer.waiting < 512) await new Promise((resolve) => setImmediate(resolve));
	printer.mute();
	printer.reload();
	await expect.poll(() => printer.hanging.marks.length).toBe(125);
});

test("bytes that come by no line are printed, too", async () => {
	const till = await connectTill();
	till.printer.feed(Buffer.concat([begin, text("из файла"), cut]));
	expect(till.printer.receipts.map((receipt) => receipt.text)).toEqual(["из файла"]);
});
