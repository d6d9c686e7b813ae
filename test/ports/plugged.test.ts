import { expect, test } from "vitest";
import { listPlugged } from "../../src/ports/plugged.ts";
import { madeUpMachine } from "./made-up-machine.ts";

test("devices come in the order of their numbers, in a list that nobody can change", async () => {
	const machine = madeUpMachine();
	for (const number of [10, 2, 1]) machine.plugSerial({ node: `ttyACM${number}`, usb: `1-${number}` });
	const list = await listPlugged(machine);
	expect(list.map(({ path }) => path.slice(machine.dev.length))).toEqual([
		"/ttyACM1",
		"/ttyACM2",
		"/ttyACM10",
	]);
	expect([list, ...list].every(Object.isFrozen)).toBe(true);
});

test("this machine can be asked", async () => {
	expect(await listPlugged()).toEqual(expect.any(Array));
});
