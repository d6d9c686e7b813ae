import { expect, test } from "vitest";
import { datalogicSerial, datalogicSerialEu } from "../../../drivers/scanners/datalogic-serial.ts";
import { isFrozen, readsOf } from "./serial-kit.ts";

test("reads come by AIM identifiers, or by the label identifiers of either set", () => {
	expect(readsOf(datalogicSerial, "]C0123\r\n]L2456\r")).toEqual(["code128: 123", "pdf417: 456"]);
	expect(readsOf(datalogicSerial, "#123\rFF96385074\r", false)).toEqual(["code128: 123", "ean8: 96385074"]);
	expect(readsOf(datalogicSerialEu, "T123\rA96385074\r", false)).toEqual(["code128: 123", "ean8: 96385074"]);
});

test("a device that is plugged in is taken for one of them only", () => {
	expect(datalogicSerial.marks.map(({ vendorId }) => vendorId)).toEqual(["05f9", "080c"]);
	expect(datalogicSerialEu.marks).toEqual([]);
	expect(datalogicSerialEu.id).not.toBe(datalogicSerial.id);
});

test("the facts cannot be changed by whoever uses them", () => {
	for (const driver of [datalogicSerial, datalogicSerialEu]) expect(isFrozen(driver)).toBe(true);
});
