import { expect, test } from "vitest";
import { ibmOem } from "../../../drivers/scanners/ibm-oem.ts";
import { hidFacts } from "./hid-kit.ts";

hidFacts(ibmOem);

test("its commands have no report id and eleven bytes", () => {
	const commands = [...ibmOem.greeting.map(({ bytes }) => bytes), ...Object.values(ibmOem.deeds)];
	expect(commands.map(([id, code, ...others]) => [id, code, others.length])).toEqual([
		[0x00, 0x11, 10],
		[0x00, 0x11, 10],
		[0x00, 0x12, 10],
	]);
});

test("only trailers of one byte are those of UPC and EAN", () => {
	const entries = Object.entries(ibmOem.framing.trailers);
	const retail = entries.filter(([trailer]) => trailer.length === 2).map(([trailer]) => trailer);
	expect(retail.toSorted()).toEqual(["0a", "0c", "0d", "16"]);
	for (const [trailer] of entries) expect(trailer).toMatch(/^(..|00..0b)$/);
});

test("a Zebra is known in either of its modes", () => {
	const zebra = ibmOem.marks.filter(({ vendorId }) => vendorId === "05e0");
	expect(zebra).toEqual([
		{ vendorId: "05e0", productId: "1300", usagePage: 0xff45, usage: 0x4b00 },
		{ vendorId: "05e0", productId: "1400", usagePage: 0xff45, usage: 0x4a00 },
	]);
});
