import { expect, test } from "vitest";
import type { Bitmap } from "../../../hardware-mocks/printer/bitmap.ts";
import { qrModules } from "../../../hardware-mocks/printer/symbols.ts";
import { terminalView } from "../../../hardware-mocks/printer/terminal.ts";
import { commands, sampleReceipt, text, transactionId } from "./sample.ts";
import { connectTill } from "./till.ts";

/** The modules that half blocks show, without the white around. */
function modulesOf(view: string): number[][] {
	const rows = view.split("\n").flatMap((row) => {
		const blocks = /█[█▀▄ ]+[█▀▄]/.exec(row)?.[0];
		if (blocks === undefined) return [];
		const dots = (white: string) => [...blocks].map((block) => (white.includes(block) ? 0 : 1));
		return [dots("█▀"), dots("█▄")];
	});
	return rows.map((row) => row.slice(4, -4)).slice(4);
}

const rowsOf = ({ width, height, dots }: Bitmap) =>
	Array.from({ length: height }, (_, y) => [...dots.subarray(y * width, (y + 1) * width)]);

test.each([32, 42, 48])("a receipt of %d columns looks in the terminal as on paper", async (columns) => {
	const till = await connectTill({ dots: { 32: 384, 42: 512, 48: 576 }[columns] ?? 0 });
	const view = terminalView(await till.print(sampleReceipt(columns)));
	const lines = view.split("\n");
	expect(new Set(lines.map((line) => line.length)).size).toBe(1);
	expect(lines.find((line) => line.includes("О П Л А Ч Е Н О"))).toBeDefined();
	expect(lines.find((line) => line.includes("Способ оплаты"))).toContain("СБП");
	const modules = qrModules(Buffer.from(transactionId), "M");
	expect(modulesOf(view).slice(0, modules?.height)).toEqual(modules && rowsOf(modules));
});

test("a small receipt, line by line", async () => {
	const till = await connectTill({ dots: 384 });
	const receipt = await till.print(
		commands.begin,
		...[commands.align(1), commands.size(2), text("ЧЕК")],
		...[commands.size(1), commands.align(0), text("Сумма"), commands.cut],
	);
	expect(terminalView(receipt).split("\n")).toEqual([
		"┌──────────────────────────────────┐",
		"│              Ч Е К               │",
		"│ Сумма                            │",
		"│                                  │",
		"└╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘",
	]);
});
