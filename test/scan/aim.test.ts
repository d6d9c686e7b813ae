import { expect, test } from "vitest";
import { isEciOfAim, symbologyOfAim } from "../../src/scan/aim.ts";

test.each([
	["]C0", "code128"],
	["]C1", "gs1-128"],
	["]C2", "code128"],
	["]L0", "pdf417"],
	["]L2", "pdf417"],
	["]L4", "micropdf417"],
	["]d1", "datamatrix"],
	["]d2", "gs1-datamatrix"],
	["]d5", "gs1-datamatrix"],
	["]Q0", "qr"],
	["]Q1", "qr"],
	["]Q3", "gs1-qr"],
	["]E0", "ean13"],
	["]E3", "ean13"],
	["]E4", "ean8"],
	["]E2", "other"],
	["]A5", "code39"],
	["]I1", "itf"],
	["]e0", "databar"],
	["]zC", "aztec"],
	["]X0", "other"],
	["]D1", "other"],
])("%s says %s", (identifier, symbology) => {
	expect(symbologyOfAim(identifier.charAt(1), identifier.charAt(2))).toBe(symbology);
});

test("exactly PDF417, Data Matrix and QR with ECI on are known to double backslashes", () => {
	const letters = [..."ABCDEFGHILQXZdez"];
	const all = letters.flatMap((letter) => [..."0123456789ABC"].map((modifier) => letter + modifier));
	const eci = all.filter((aim) => isEciOfAim(aim.charAt(0), aim.charAt(1)));
	expect(eci).toEqual(["L1", "Q2", "Q4", "Q6", "d4", "d5", "d6"]);
});
