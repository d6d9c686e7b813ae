import { expect, test } from "vitest";
import { metrologicSerial } from "../../../drivers/scanners/metrologic-serial.ts";
import { isFrozen, readsOf } from "./serial-kit.ts";

test("reads come by AIM identifiers, with CR LF behind them", () => {
	expect(readsOf(metrologicSerial, "]E04601234567893\r\n")).toEqual(["ean13: 4601234567893"]);
});

test("7 bits, a 0 as parity and 2 stop bits are 8 bits without parity and 2 stop bits", () => {
	expect(metrologicSerial.line).toMatchObject({ dataBits: 8, parity: "none", stopBits: 2 });
});

test("the facts cannot be changed by whoever uses them", () => {
	expect(isFrozen(metrologicSerial)).toBe(true);
});
