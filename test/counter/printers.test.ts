import { expect, test } from "vitest";
import { scriptedPrinter, well } from "../paper-kit.ts";
import { standAtCounter } from "./counter-kit.ts";

const selfTest = { document: "self-test" } as const;

function withTwo() {
	return standAtCounter({ printers: [scriptedPrinter("receipt"), scriptedPrinter("bar")] });
}

test("the POS hears how every printer is, or one of them", async () => {
	const { methods, printers } = withTwo();
	printers[1]?.status$.next({ state: "readable", conditions: { ...well, paper: "low" } });
	expect(await methods["printer.status"]({})).toMatchObject({
		printers: [
			{ printer: "receipt", state: "ready", held: false, waiting: 0 },
			{ printer: "bar", state: "ready", paper: "low", cashier: { title: "printer-paper-low" } },
		],
	});
	const { printers: one } = await methods["printer.status"]({ printer: "bar" });
	expect(one.map(({ printer }) => printer)).toEqual(["bar"]);
});

test("a printer that is held prints nothing until it is released, and everybody hears both", async () => {
	const { methods, printers, journal } = withTwo();
	expect(await methods["print.hold"]({ printer: "receipt" })).toMatchObject({ held: true, waiting: 0 });
	await methods["print.document"]({ key: "k", ...selfTest }, "h");
	await new Promise(setImmediate);
	expect(await methods["print.hold"]({ printer: "receipt" })).toMatchObject({ held: true, waiting: 1 });
	expect(printers[0]?.blocks).toEqual([]);
	await methods["print.release"]({ printer: "receipt" });
	await new Promise(setImmediate);
	expect(printers[0]?.blocks).toHaveLength(1);
	const told = journal.events.since(0, 9).filter(({ type }) => type === "printer");
	expect(told.map(({ body }) => body.held)).toEqual([true, false]);
});

test("to release what is not held changes nothing, and tells nobody", async () => {
	const { methods, journal } = withTwo();
	expect(await methods["print.release"]({ printer: "bar" })).toMatchObject({ printer: "bar", held: false });
	expect(journal.events.since(0, 9)).toEqual([]);
});

test.each(["print.hold", "print.release", "printer.status"] as const)(
	"%s of a printer that is not there is refused with the names of those that are",
	async (method) => {
		const { methods } = withTwo();
		await expect(methods[method]({ printer: "kitchen" })).rejects.toThrow(
			"printer-not-found: the printers are receipt, bar",
		);
	},
);

test("a till without printers has none to tell of, and none to print on", async () => {
	const { methods } = standAtCounter({ printers: [] });
	expect(await methods["printer.status"]({})).toEqual({ printers: [] });
	await expect(methods["print.document"]({ key: "k", ...selfTest }, "h")).rejects.toThrow(
		"printer-not-configured",
	);
	await expect(methods["print.hold"]({ printer: "bar" })).rejects.toThrow("the printers are none");
});
