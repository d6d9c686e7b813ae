import { expect, test } from "vitest";
import { printerDrivers } from "../../../drivers/index.ts";
import { probed } from "../../../drivers/printers/probed.ts";
import { statusInquiry } from "../../../drivers/printers/status.ts";

const well = statusInquiry().read([0x12, 0x12, 0x12, 0x12].map((byte) => ({ kind: "real-time", byte })));

test.each([
	["EPSON", "TM-T20III", "epson-tm-t20iii"],
	["EPSON", "TM-T20II", "epson-tm-t20iii"],
	["EPSON", "TM-T88V", "epson-tm-t88v"],
	["EPSON", "TM-T88VI", "epson-tm-t88vi"],
	["EPSON", "TM-m30III", "epson-tm-m30iii"],
	["BIXOLON", "SRP-350III", "bixolon-srp-350iii"],
	["CITIZEN", "CT-S310II", "citizen-ct-s310ii"],
	["Xprinter", "XP-T80A", "xprinter"],
	["Rongta", "RP326", "rongta-rp326"],
	["POS", "POS-58", "pos-5890"],
	["Star", "mC-Print3", "star-escpos"],
	["SUNMI", "V2", "sunmi"],
	["Dapper", "Q583P", "q583p"],
] as const)("%s %s claims to be %s", (maker, model, driver) => {
	expect(probed({ maker, model }, well)).toEqual({ driver, because: "claims" });
	expect(printerDrivers).toHaveProperty([driver]);
});

test("a stranger that can be asked how it is, is a printer of 80 mm until somebody looks", () => {
	expect(probed({ maker: "Nobody", model: "T1" }, well)).toEqual({
		driver: "generic-80mm",
		because: "answers",
	});
	expect(probed(undefined, well)).toEqual({ driver: "generic-80mm", because: "answers" });
});

test("what cannot be asked how it is, is one that answers nothing", () => {
	expect(probed({ twoByte: true }, undefined)).toEqual({
		driver: "generic-80mm-one-way",
		because: "answers",
	});
	expect(probed(undefined, undefined)).toEqual({ driver: "generic-80mm-one-way", because: "silent" });
	expect(printerDrivers["generic-80mm-one-way"]?.answersStatus).toBe(false);
});
