import { expect, test } from "vitest";
import { tunedModel } from "../../../drivers/printers/model.ts";
import type { PrinterTuning } from "../../../src/model/printer.ts";
import { model } from "./facts.ts";

const tuned = (tuning: Partial<PrinterTuning>, facts = {}) => tunedModel(model(facts), tuning);

test("what is null or left out stays the model's own", () => {
	expect(tuned({})).toEqual(model());
	expect(tuned({ columns: null, codePage: null, cut: null, status: null })).toEqual(model());
});

test("a page that a technician chose comes first, and is not named twice", () => {
	const codePages = [
		{ encoding: "cp866", number: 17 },
		{ encoding: "cp1251", number: 46 },
	] as const;
	expect(tuned({ codePage: { encoding: "cp1251", number: 46 } }, { codePages }).codePages).toEqual([
		{ encoding: "cp1251", number: 46 },
		{ encoding: "cp866", number: 17 },
	]);
});

test("a printer that answers nothing tells nothing and is not asked whether it was well", () => {
	const facts = { automaticStatus: true, confirms: "status" };
	expect(tuned({ status: false }, facts)).toMatchObject({ automaticStatus: false, confirms: "none" });
	// What is said outright holds.
	expect(tuned({ status: false, automaticStatus: true, confirmation: "process-id" }, facts)).toMatchObject({
		automaticStatus: true,
		confirms: "process-id",
	});
});

test("a printer whose proof is no status keeps it without status", () => {
	expect(tuned({ status: false }, { confirms: "process-id" }).confirms).toBe("process-id");
});
