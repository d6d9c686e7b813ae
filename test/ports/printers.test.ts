import { join } from "node:path";
import { expect, test } from "vitest";
import { listPrinters } from "../../src/ports/printers.ts";
import { madeUpMachine } from "./made-up-machine.ts";

test("printers come in the order of their numbers", async () => {
	const machine = madeUpMachine();
	machine.plugPrinter({ usb: "1-1", lp: "lp10" });
	machine.plugPrinter({ usb: "1-2", lp: "lp2" });
	const list = await listPrinters(machine);
	expect(list.map(({ path }) => path)).toEqual(["lp2", "lp10"].map((name) => join(machine.dev, "usb", name)));
});

test("this machine is looked at without an error", async () => {
	expect(await listPrinters()).toEqual(expect.any(Array));
});
