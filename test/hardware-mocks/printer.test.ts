import { firstValueFrom } from "rxjs";
import { expect, test } from "vitest";
import { startPrinter } from "../../hardware-mocks/printer.ts";
import { commands, sampleReceipt, text } from "./printer/sample.ts";
import { connectTill, connectTo } from "./printer/till.ts";

const { begin, cut, confirm } = commands;
const paperBarrier = Buffer.of(0x1d, 0x72, 1);
const status = (n: number) => Buffer.of(0x10, 0x04, n);

test("a receipt comes out with its text and the bytes that made it", async () => {
	const till = await connectTill();
	const receipt = await till.print(sampleReceipt(48));
	expect(receipt.text.split("\n")).toEqual([
		`${" ".repeat(16)}ОПЛАЧЕНО`,
		`${" ".repeat(16)}Магазин "Ёлочка"`,
		"           г. Москва, ул. Щипок, д. 11",
		"─".repeat(48),
		"Сумма                              1 234,56 руб.",
		"Способ оплаты                                СБП",
		"Дата и время                 24.11.2026 12:34:56",
		"Магазин                                   № 0042",
		"Касса                                          3",
		"Заказ                            2026-11-24-0042",
		"─".repeat(48),
		"ИТОГ            1 234,56",
		"─".repeat(48),
		"[QR 7d0c6b1e-5a54-4c3f-9d0e-1f2a3b4c5d6e]",
		"",
		"      7d0c6b1e-5a54-4c3f-9d0e-1f2a3b4c5d6e",
		"               Спасибо за покупку!",
	]);
	expect(Buffer.from(receipt.bytes)).toEqual(sampleReceipt(48));
	expect(till.printer.mistakes).toEqual([]);
});

test("columns that do not belong to the dots are refused", async () => {
	await expect(startPrinter({ columns: 48, dots: 512 })).rejects.toThrow("512 dots are 42 columns");
});

test("GS ( H answers with its id and GS r 1 with the paper when all before is printed", async () => {
	const till = await connectTill();
	till.send(begin, text("Чек"), cut, confirm("A001"), paperBarrier);
	expect(await till.answer(8)).toEqual(Buffer.of(0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0x00, 0x00));
});

test("a clone that does not know GS ( H prints its parameters as text", async () => {
	const till = await connectTill({ processId: false });
	const receipt = await till.print(begin, confirm("A001"), text(""), cut);
	expect(receipt.text).toBe("00A001");
});

test("a printer on a good day answers 12h to every DLE EOT", async () => {
	const till = await connectTill();
	till.send(status(1), status(2), status(3), status(4));
	expect(await till.answer(4)).toEqual(Buffer.of(0x12, 0x12, 0x12, 0x12));
});

test.each([
	{ trouble: "the roll is out", make: "paperOut", answers: [0x1a, 0x32, 0x12, 0x7e] },
	{ trouble: "the roll is low", make: "paperLow", answers: [0x12, 0x12, 0x12, 0x1e] },
	{ trouble: "the cover is open", make: "coverOpen", answers: [0x1a, 0x16, 0x12, 0x12] },
	{ trouble: "the cutter is jammed", make: "jamCutter", answers: [0x1a, 0x52, 0x1a, 0x12] },
	{ trouble: "it is offline", make: "goOffline", answers: [0x1a, 0x12, 0x12, 0x12] },
] as const)("DLE EOT tells that $trouble", async ({ make, answers }) => {
	const till = await connectTill();
	till.printer[make]();
	till.send(status(1), status(2), status(3), status(4));
	expect([...(await till.answer(4))]).toEqual(answers);
});

test("without paper nothing is printed or answered but DLE EOT, and a new roll prints what waits", async () => {
	const till = await connectTill({ paper: "out" });
	till.send(begin, text("Чек"), cut, confirm("A001"), paperBarrier, status(4));
	expect(await till.answer(1)).toEqual(Buffer.of(0x7e));
	expect(till.printer.receipts).toEqual([]);
	expect(till.printer.waiting).toBeGreaterThan(0);
	till.printer.reload();
	expect(await till.answer(8)).toEqual(Buffer.of(0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0x00, 0x00));
	expect(till.printer.receipts.map((receipt) => receipt.text)).toEqual(["Чек"]);
});

test("a roll that ends in the middle stops after that line, and the receipt goes on with a new roll on a new piece", async () => {
	const till = await connectTill();
	till.printer.paperOut(2);
	till.send(begin, text("раз"), text("два"), text("три"), cut);
	await till.settled();
	// 'три', LF and the cut wait, and the DLE EOT that the printer has already answered.
	expect(till.printer.waiting).toBe(4 + cut.length + 3);
	till.printer.reload();
	expect(till.printer.receipts.map(({ text, edge }) => ({ text, edge }))).toEqual([
		{ text: "раз\nдва", edge: "end" },
		{ text: "три", edge: "partial" },
	]);
});

test("ASB tells the condition at once and on every change", async () => {
	const till = await connectTill();
	till.send(Buffer.of(0x1d, 0x61, 0x0f));
	expect(await till.answer(4)).toEqual(Buffer.of(0x10, 0x00, 0x00, 0x0f));
	till.printer.coverOpen();
	expect(await till.answer(4)).toEqual(Buffer.of(0x38, 0x00, 0x00, 0x0f));
	till.printer.paperOut();
	expect(await till.answer(4)).toEqual(Buffer.of(0x38, 0x00, 0x0f, 0x0f));
	till.printer.reload();
	expect(await till.answer(4)).toEqual(Buffer.of(0x10, 0x00, 0x00, 0x0f));
});

test("DLE ENQ 2 frees a jammed cutter and forgets what waits", async () => {
	const till = await connectTill();
	till.printer.jamCutter();
	till.send(begin, text("старый"), cut);
	till.send(Buffer.of(0x10, 0x05, 0x02));
	const receipt = await till.print(begin, text("новый"), cut);
	expect(receipt.text).toBe("новый");
	expect(till.printer.receipts).toHaveLength(1);
});

test("DLE DC4 8 empties the buffer and says so", async () => {
	const till = await connectTill({ paper: "out" });
	till.send(begin, text("старый"), cut);
	till.send(Buffer.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08));
	expect(await till.answer(3)).toEqual(Buffer.of(0x37, 0x25, 0x00));
	till.printer.reload();
	expect(till.printer.receipts).toEqual([]);
});

test("the drawer opens by ESC p and by DLE DC4 1", async () => {
	const till = await connectTill();
	till.send(commands.drawer, Buffer.of(0x10, 0x14, 0x01, 0x01, 0x03));
	await till.settled();
	expect(till.printer.drawerKicks).toEqual([
		{ pin: 2, onMs: 50 },
		{ pin: 5, onMs: 300 },
	]);
});

test("a mute printer prints and answers nothing", async () => {
	const till = await connectTill({ mute: true });
	const answered: Buffer[] = [];
	till.socket.on("data", (chunk) => answered.push(chunk));
	await till.print(status(1), begin, text("Чек"), cut, confirm("A001"), paperBarrier);
	till.socket.end();
	await till.ended;
	expect(answered).toEqual([]);
});

test("a printer that has stopped reading goes on after a reload", async () => {
	const till = await connectTill();
	till.printer.stopReading();
	till.send(begin, text("Чек"), cut);
	const receipt = firstValueFrom(till.printer.receipt$);
	expect(till.printer.receipts).toEqual([]);
	till.printer.reload();
	expect((await receipt).text).toBe("Чек");
});

test("a printer without paper takes what its buffer holds, and the rest after a new roll", async () => {
	const till = await connectTill({ paper: "out" });
	const flood = Buffer.concat([
		Buffer.alloc(65_536 - 3),
		status(4),
		Buffer.alloc(250_000),
		begin,
		text("Чек"),
		cut,
	]);
	till.send(flood);
	await till.answer(1);
	expect(till.printer.waiting).toBeLessThan(200_000);
	const receipt = firstValueFrom(till.printer.receipt$);
	till.printer.reload();
	expect(Buffer.from((await receipt).bytes)).toEqual(flood);
});

test("the connection is reset after the bytes it was given to live", async () => {
	const till = await connectTill();
	till.printer.dieAfter(begin.length + 3);
	till.send(Buffer.concat([begin, text("раз"), cut]));
	await till.ended;
	expect(till.printer.receipts).toEqual([]);
	const second = await connectTo(till.printer);
	const receipt = firstValueFrom(till.printer.receipt$);
	second.write(Buffer.concat([text("два"), cut]));
	expect((await receipt).text).toBe("раздва");
});

test("a second connection waits until the first has ended", async () => {
	const till = await connectTill();
	const second = await connectTo(till.printer);
	const receipt = firstValueFrom(till.printer.receipt$);
	second.write(Buffer.concat([begin, text("второй"), cut]));
	till.send(begin, text("первый"), cut);
	expect((await receipt).text).toBe("первый");
	const next = firstValueFrom(till.printer.receipt$);
	till.socket.end();
	expect((await next).text).toBe("второй");
});

test("what has been printed can be torn off without a cut", async () => {
	const till = await connectTill();
	till.send(begin, text("Чек"));
	await till.settled();
	till.printer.tear();
	expect(till.printer.receipts.map(({ text, edge }) => ({ text, edge }))).toEqual([
		{ text: "Чек", edge: "torn" },
	]);
});
