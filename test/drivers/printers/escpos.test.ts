import { expect, test } from "vitest";
import { paperBarrier } from "../../../drivers/printers/confirmation.ts";
import { escpos } from "../../../drivers/printers/escpos.ts";
import type { Line } from "../../../src/model/block.ts";

const driver = escpos({
	id: "some-printer",
	title: "Some printer",
	columns: 32,
	dots: 384,
	codePage: 7,
	feedBeforeCut: 0,
	confirmation: paperBarrier,
});

const line = (text: string): Line => ({ kind: "text", text, align: "left", bold: false, size: 1 });

test("a model's driver is frozen and writes with the model's code page", () => {
	expect(Object.isFrozen(driver)).toBe(true);
	expect(Buffer.from(driver.encode([line("Я")])).toString("hex")).toBe("1b401c2e1b74071b52009f0a");
});

test("characters that the printer lacks are counted over all lines", () => {
	expect(driver.unmapped([line("Қ"), { kind: "cut" }, line("☂ и ✓")])).toBe(3);
	expect(driver.unmapped([line("5 ₽")])).toBe(0);
});
