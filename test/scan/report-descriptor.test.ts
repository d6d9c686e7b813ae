import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hidDescriptors } from "../../hardware-mocks/scanner/hid-descriptors.ts";
import type { HidPosLayout } from "../../src/model/device.ts";
import { hidPosLayout } from "../../src/scan/report-descriptor.ts";

/** The shortest descriptor that is one: count, data and flag in reports without an id. */
const plain = [
	...[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x75, 0x08],
	...[0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x05, 0x8c],
	...[0x95, 0x10, 0x09, 0xfe, 0x82, 0x02, 0x01],
	...[0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0xc0],
];
const plainLayout: HidPosLayout = {
	reportId: null,
	length: 0,
	aim: null,
	data: 1,
	mostData: 16,
	codeId: null,
	more: 17,
};

/** What comes of the plain descriptor with some bytes instead of others that it has once. */
function changed(from: number[], to: number[]): HidPosLayout | undefined {
	const hex = (bytes: number[]) => Buffer.from(bytes).toString("hex");
	const [before, after, none] = hex(plain).split(hex(from));
	expect(none).toBeUndefined();
	return hidPosLayout(Buffer.from(`${before}${hex(to)}${after}`, "hex"));
}

describe("the layout by the descriptor is that of the reports", () => {
	const withId = { reportId: 2, length: 1, codeId: null };
	test.each([
		["honeywell", { ...withId, aim: 2, data: 5, mostData: 56, more: 63 }],
		["newland", { ...withId, aim: null, data: 2, mostData: 56, more: 63 }],
		["extraByte", { ...withId, aim: 3, data: 6, mostData: 56, more: 63 }],
	] as const)("%s", (family, layout) => {
		expect(hidPosLayout(hidDescriptors[family])).toEqual(layout);
	});

	test("without report ids the offsets count from the count itself", () => {
		expect(hidPosLayout(Uint8Array.from(plain))).toEqual(plainLayout);
	});
});

test.each(["microscan", "ibmHandHeld", "ibmTableTop"] as const)("%s is no HID POS scanner", (family) => {
	expect(hidPosLayout(hidDescriptors[family])).toBeUndefined();
});

describe("a descriptor may say the same in other items", () => {
	test("pages inside the usages, as items of four bytes", () => {
		const page = [0x05, 0x01, 0x09, 0x3b];
		expect(changed(page, [0x0b, 0x3b, 0x00, 0x01, 0x00])).toEqual(plainLayout);
	});

	test("the page behind its usage: the one in force at the main item counts", () => {
		expect(changed([0x05, 0x01, 0x09, 0x3b], [0x09, 0x3b, 0x05, 0x01])).toEqual(plainLayout);
	});

	test("a range of usages instead of each", () => {
		const data = [0x95, 0x10, 0x09, 0xfe, 0x82, 0x02, 0x01];
		const identifiersAndData = [0x95, 0x13, 0x19, 0xfb, 0x29, 0xfe, 0x82, 0x02, 0x01];
		expect(changed(data, identifiersAndData)).toEqual({ ...plainLayout, aim: 1, data: 4, more: 20 });
	});

	test("one item for each byte of data", () => {
		const one = [0x95, 0x01, 0x09, 0xfe, 0x81, 0x02];
		const data = [0x95, 0x10, 0x09, 0xfe, 0x82, 0x02, 0x01];
		expect(changed(data, [...one, ...one])).toEqual({ ...plainLayout, mostData: 2, more: 3 });
	});

	test("report size and count of four bytes", () => {
		expect(changed([0x95, 0x10], [0x97, 0x10, 0x00, 0x00, 0x00])).toEqual(plainLayout);
	});

	test("a state that is saved, changed and brought back", () => {
		expect(changed([0x95, 0x10], [0x95, 0x10, 0xa4, 0x75, 0x01, 0x95, 0x7f, 0xb4])).toEqual(plainLayout);
	});

	test("a long item, which means nothing yet", () => {
		expect(changed([0x95, 0x10], [0xfe, 0x03, 0xf0, 0x81, 0x02, 0xc0, 0x95, 0x10])).toEqual(plainLayout);
	});

	test("an id for the report, and others of other collections before it", () => {
		const keyboard = [
			0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x85, 0x01, 0x75, 0x08, 0x95, 0x07, 0x81, 0x02, 0xc0,
		];
		const own = [...plain.slice(0, 6), 0x85, 0x07, ...plain.slice(6)];
		const layout = { ...plainLayout, reportId: 7, length: 1, data: 2, more: 18 };
		expect(hidPosLayout(Uint8Array.from([...keyboard, ...own]))).toEqual(layout);
	});
});

test("the flag may be any bit of its byte", () => {
	const flag = [0x95, 0x01, 0x09, 0xff, 0x81, 0x02];
	const padded = [0x75, 0x01, 0x95, 0x05, 0x81, 0x03, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02];
	expect(changed(flag, padded)).toEqual({ ...plainLayout, moreBit: 5 });
});

describe("no layout comes of a descriptor", () => {
	test.each([
		["that ends in the middle of an item", [...plain, 0x26, 0xff]],
		["whose collection stays open", plain.slice(0, -1)],
		["that closes a collection too many", [...plain, 0xc0]],
		["that brings back a state that it never saved", [...plain, 0xb4]],
		["with the report id 0", [0x85, 0x00, ...plain]],
		["of more than 4096 bytes", [...plain, ...new Array<number>(4_096).fill(0x24)]],
		["with nothing in it", []],
	])("%s", (_, bytes) => {
		expect(hidPosLayout(Uint8Array.from(bytes))).toBeUndefined();
	});

	test.each([
		["without a count", [0x09, 0x3b], [0x09, 0x3c]],
		["without data", [0x09, 0xfe], [0x09, 0xf0]],
		["whose count has more than a byte", [0x95, 0x01, 0x05, 0x01], [0x95, 0x02, 0x05, 0x01]],
		[
			"whose data begins inside a byte",
			[0x95, 0x10],
			[0x75, 0x01, 0x95, 0x03, 0x81, 0x03, 0x75, 0x08, 0x95, 0x10],
		],
		["whose data is constant", [0x82, 0x02, 0x01], [0x82, 0x03, 0x01]],
		["whose data goes to the device", [0x82, 0x02, 0x01], [0x92, 0x02, 0x01]],
		["with reports that are larger than any together", [0x95, 0x10], [0x96, 0xff, 0x3f]],
		["with reports larger than any", [0x95, 0x10], [0x97, 0xff, 0xff, 0xff, 0xff]],
	])("%s", (_, from, to) => {
		expect(changed(from, to)).toBeUndefined();
	});
});

/** Every offset of a layout lies inside a report that a system delivers. */
function isSound(layout: HidPosLayout | undefined): boolean {
	if (layout === undefined) return true;
	const { length, aim, data, mostData, more, moreBit = 0 } = layout;
	const offsets = [length, aim ?? 0, data, mostData, more ?? 0];
	const areSound = offsets.every((at) => Number.isInteger(at) && at >= 0 && at <= 16_385);
	return areSound && mostData > 0 && moreBit >= 0 && moreBit <= 7;
}

test("any bytes give a sound layout or none", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 4_200 }), (bytes) => isSound(hidPosLayout(bytes))),
		{ numRuns: 500 },
	);
});

test("a good descriptor with any bytes changed, lost or added gives a sound layout or none", () => {
	const families = Object.values(hidDescriptors);
	const change = fc.record({ at: fc.nat(120), cut: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
	fc.assert(
		fc.property(fc.constantFrom(...families), fc.array(change, { maxLength: 4 }), (good, changes) => {
			const bytes = [...good];
			for (const { at, cut, put } of changes) bytes.splice(at, cut, ...put);
			return isSound(hidPosLayout(Uint8Array.from(bytes)));
		}),
		{ numRuns: 3_000 },
	);
});

test("items that are all huge are read at once", () => {
	const item = [0x1b, 0, 0, 0x8c, 0, 0x2b, 0xff, 0xff, 0xff, 0xff, 0x97, 0xff, 0xff, 0x01, 0, 0x81, 0x02];
	const bytes = Array.from({ length: 200 }, () => item).flat();
	expect(hidPosLayout(Uint8Array.from(bytes))).toBeUndefined();
});
