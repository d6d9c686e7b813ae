import { expect, test } from "vitest";
import { honeywellSerial } from "../../../drivers/scanners/honeywell-serial.ts";
import { isFrozen, readsOf } from "./serial-kit.ts";

test("reads come by AIM identifiers, or by Honeywell's code-ids when the shop says so", () => {
	expect(readsOf(honeywellSerial, "]C0123\r]d2\x1d01\r\n")).toEqual([
		"code128: 123",
		"gs1-datamatrix: \x1d01",
	]);
	expect(readsOf(honeywellSerial, "j123\rD96385074\r", false)).toEqual(["code128: 123", "ean8: 96385074"]);
});

test("the host's commands are SYN, a letter or BEL, CR", () => {
	expect(honeywellSerial.deeds).toEqual({
		trigger: [0x16, 0x54, 0x0d],
		stop: [0x16, 0x55, 0x0d],
		"beep-good": [0x16, 0x07, 0x0d],
	});
});

test("the facts cannot be changed by whoever uses them", () => {
	expect(isFrozen(honeywellSerial)).toBe(true);
});
