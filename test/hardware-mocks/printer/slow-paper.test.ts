import { expect, test } from "vitest";
import { bytes, cut, printerOf } from "./loose.ts";
import { commands } from "./sample.ts";
import { stepClock } from "./step-clock.ts";

const confirm = commands.confirm("A001");
const echo = [0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0x00];
const status = [0x10, 0x04, 1];

/** 8 dots a millimetre, so one dot in a millisecond. */
function slowPrinter(facts = {}) {
	const clock = stepClock();
	return { clock, ...printerOf(facts, { clock, mmPerS: 125, cutMs: 300 }) };
}

test("a line needs the time of its 30 dots, and half of it is half on paper", async () => {
	const { clock, device, texts } = slowPrinter();
	device.receive(bytes("first\nsecond\n"));
	expect(texts()).toEqual([""]);
	await clock.pass(10);
	expect(texts()).toEqual(["[10 of 24 rows of dots: text]"]);
	await clock.pass(20);
	expect(texts()).toEqual(["first"]);
	await clock.pass(30);
	expect(texts()).toEqual(["first\nsecond"]);
});

test("GS ( H and GS r are answered after the paper, DLE EOT at once", async () => {
	const { clock, device, replies } = slowPrinter();
	device.receive(bytes("one\n", confirm, "two\n", [0x1d, 0x72, 1], status));
	expect(replies()).toEqual([[0x12]]);
	await clock.pass(29);
	expect(replies()).toHaveLength(1);
	await clock.pass(1);
	expect(replies()).toEqual([[0x12], echo]);
	await clock.pass(30);
	expect(replies()).toEqual([[0x12], echo, [0]]);
});

test("a hasty clone has answered before anything is on paper", async () => {
	const { clock, device, replies, texts } = slowPrinter({ answers: "parsed" });
	device.receive(bytes("one\n", [0x1d, 0x72, 1]));
	expect(replies()).toEqual([[0]]);
	expect(texts()).toEqual([""]);
	device.change({ coverOpen: true });
	device.receive(bytes("two\n", [0x1d, 0x72, 1]));
	expect(replies()).toHaveLength(2);
	await clock.pass(1_000);
	expect(texts()).toEqual([""]);
});

test("a cut takes its time, and is confirmed after it", async () => {
	const { clock, device, replies, pieces } = slowPrinter();
	device.receive(bytes("one\n", cut, confirm));
	await clock.pass(30 + 112 + 299);
	expect([pieces.length, replies()]).toEqual([0, []]);
	await clock.pass(1);
	expect([pieces.length, replies()]).toEqual([1, [echo]]);
});

test("a cover that is opened stops the paper there and then, and closed the line is printed again", async () => {
	const { clock, device, texts } = slowPrinter();
	device.receive(bytes("first\nsecond\n"));
	await clock.pass(40);
	device.change({ coverOpen: true });
	await clock.pass(500);
	expect(texts()).toEqual(["first\n[10 of 24 rows of dots: text]"]);
	device.mend();
	await clock.pass(29);
	expect(texts()).toEqual(["first\n[10 of 24 rows of dots: text]\nsecond"]);
});

test("a hot head pauses, and goes on where it was", async () => {
	const { clock, device, texts, replies } = slowPrinter();
	device.receive(bytes("first\n", confirm));
	await clock.pass(10);
	device.change({ hot: true });
	await clock.pass(500);
	expect(texts()).toEqual(["[10 of 24 rows of dots: text]"]);
	device.change({ hot: false });
	await clock.pass(20);
	expect(texts()).toEqual(["first"]);
	expect(replies()).toEqual([echo]);
});

test("the roll ends under way, at its dot", async () => {
	const { clock, device, texts } = slowPrinter();
	device.endRollAfter(45, 20);
	device.receive(bytes("first\nsecond\n"));
	await clock.pass(24);
	expect(device.condition.paper).toBe("loaded");
	await clock.pass(1);
	expect(device.condition.paper).toBe("low");
	await clock.pass(19);
	expect(device.condition.paper).toBe("low");
	await clock.pass(1);
	expect(device.condition.paper).toBe("out");
	expect(texts()).toEqual(["first\n[15 of 24 rows of dots: text]"]);
});

test("power that fails under way leaves what was burnt by then", async () => {
	const { clock, device, texts, lost } = slowPrinter();
	device.receive(bytes("first\nsecond\n"));
	await clock.pass(40);
	device.powerOff();
	await clock.pass(500);
	device.powerOn();
	await clock.pass(500);
	expect(texts()).toEqual(["first\n[10 of 24 rows of dots: text]"]);
	expect(lost).toEqual([{ why: "power", bytes: [...bytes("second\n")] }]);
});

test("what waits for the paper fills the buffer, and makes room as it is printed", async () => {
	const { clock, device } = slowPrinter({ bufferBytes: 512 });
	expect(device.room).toBe(512);
	device.receive(bytes("1\n2\n", "x".repeat(40)));
	expect(device.waiting).toBe(44);
	expect(device.room).toBe(468);
	await clock.pass(60);
	expect(device.room).toBe(512);
});
