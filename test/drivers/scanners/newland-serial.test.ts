import { expect, test } from "vitest";
import { newlandSerial } from "../../../drivers/scanners/newland-serial.ts";
import { isFrozen, readsOf } from "./serial-kit.ts";

test("reads come by AIM identifiers, with CR or CR LF behind them", () => {
	expect(readsOf(newlandSerial, "]Q1one\r]Q1two\r\n")).toEqual(["qr: one", "qr: two"]);
});

test("the facts cannot be changed by whoever uses them", () => {
	expect(isFrozen(newlandSerial)).toBe(true);
});
