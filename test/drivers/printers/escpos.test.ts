import { expect, test } from "vitest";
import { escpos } from "../../../drivers/printers/escpos.ts";
import { line, model } from "./facts.ts";

const driver = escpos(model({ codePages: [{ encoding: "cp866", number: 7 }] }));

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

test("a model's driver is frozen and writes with the model's code page", () => {
	expect(Object.isFrozen(driver)).toBe(true);
	expect(hex(driver.encode([line("Я")]))).toBe("1b401c2e1b74071b52001b329f0a");
	expect(driver.codePage).toEqual({ encoding: "cp866", number: 7 });
});

test("characters that the printer lacks are counted over all lines, and over data that is printed as text", () => {
	expect(driver.unmapped([line("Қ"), { kind: "cut" }, line("☂ и ✓")])).toBe(3);
	expect(driver.unmapped([line("5 ₽")])).toBe(0);
	expect(driver.unmapped([{ kind: "symbol", symbol: "code128", data: "Қ1" }])).toBe(1);
	expect(driver.unmapped([{ kind: "symbol", symbol: "qr", data: "Қ1" }])).toBe(0);
});

test("changes are announced by GS a, and by nothing where the model cannot", () => {
	expect(hex(escpos(model({ automaticStatus: true })).announceChanges)).toBe("1d610f");
	expect(hex(driver.announceChanges)).toBe("");
});

test("proof is asked for in the model's way", () => {
	expect(hex(driver.confirmation("A001")?.request)).toBe("1d2848060030304130" + "3031");
	expect(escpos(model({ confirms: "none" })).confirmation("A001")).toBeNull();
});

test("an untuned driver writes and says the same as before", () => {
	const same = driver.tuned({});
	const block = [line("Я"), { kind: "symbol", symbol: "qr", data: "1" }, { kind: "cut" }] as const;
	expect(hex(same.encode(block))).toBe(hex(driver.encode(block)));
	expect({ ...same, tuned: 0, encode: 0, draws: 0, unmapped: 0, paperMs: 0, confirmation: 0 }).toEqual({
		...driver,
		tuned: 0,
		encode: 0,
		draws: 0,
		unmapped: 0,
		paperMs: 0,
		confirmation: 0,
	});
});

test("what a technician found is what the driver does, and the driver it came from stays as it was", () => {
	const tuned = driver.tuned({
		columns: 32,
		dots: 384,
		codePage: { encoding: "cp1251", number: 6 },
		confirmation: "paper-barrier",
		status: true,
		automaticStatus: true,
		cut: "esc-i",
		nativeSymbols: [],
		resumes: true,
	});
	expect(tuned).toMatchObject({
		id: "some-printer",
		columns: 32,
		dots: 384,
		confirms: "paper-barrier",
		resumes: true,
	});
	expect(hex(tuned.encode([line("Я"), { kind: "cut" }]))).toBe(
		"1b401c2e1d610f1b74061b52001b32df0a" + "0a0a0a0a0a1b69",
	);
	expect(hex(tuned.encode([{ kind: "symbol", symbol: "qr", data: "1" }]))).toContain("1d763000");
	expect(hex(tuned.announceChanges)).toBe("1d610f");
	expect(hex(tuned.confirmation("A001")?.request)).toBe("1d7201");
	expect([driver.columns, driver.codePage.number]).toEqual([48, 7]);
});
