import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	datalogicEuCodeIds,
	datalogicUsaCodeIds,
	honeywellCodeIds,
	zebraCodeIds,
} from "../../drivers/scanners/code-ids.ts";
import type { Symbology } from "../../src/model/scan.ts";
import { identify } from "../../src/scan/identify.ts";

const byAim = { aim: true, codeIds: null };
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

function read(text: string, how: Parameters<typeof identify>[1] = byAim): [Symbology, string] {
	const { symbology, content } = identify({ bytes: bytesOf(text) }, how);
	return [symbology, textOf(content)];
}

/** Contents that bytes in the wrong place would spoil. */
const contents = {
	"a marking code with its group separators": "010460043993125621JgXJ5.T\x1d91EE06\x1d92dGVzdA==",
	"an alcohol stamp": `22N0000154KNI691XDC380V71231001${"A1".repeat(20)}\x00\xff\\000026`,
	"an EAN-13": "4601234567893",
	"an ISO 15434 label": "[)>\x1e06\x1d17V12345\x1d1P98\x1dS1\x1e\x04",
	"a licence with line ends": "@\n\x1e\rANSI 636026\r\n",
	"a text that begins with an identifier": "]C1123",
	"a text with backslashes": "C:\\\\000026\\x",
};

describe.each(Object.entries(contents))("%s", (_name, content) => {
	test.each([
		["]C0", "code128"],
		["]C1", "gs1-128"],
		["]L2", "pdf417"],
		["]d2", "gs1-datamatrix"],
		["]Q1", "qr"],
		["]Q2", "qr"],
		["]E0", "ean13"],
	])("comes byte for byte behind %s", (identifier, symbology) => {
		expect(read(identifier + content)).toEqual([symbology, content]);
	});

	test("comes byte for byte where the transport tells the symbology", () => {
		const bytes = bytesOf(content);
		for (const how of [byAim, { aim: false, codeIds: honeywellCodeIds }])
			expect(identify({ bytes, symbology: "qr" }, how)).toEqual({
				symbology: "qr",
				content: bytes,
				plain: bytes,
			});
	});

	test("comes whole where nothing is set to stand in front", () => {
		expect(read(content, { aim: false, codeIds: null })).toEqual(["unknown", content]);
	});
});

test.each([
	["Zebra's D", zebraCodeIds, "D123", "code128", "123"],
	["Zebra's P0G", zebraCodeIds, "P0G01", "gs1-datamatrix", "01"],
	["Zebra's P01", zebraCodeIds, "P01P00", "qr", "P00"],
	["Honeywell's D", honeywellCodeIds, "D96385074", "ean8", "96385074"],
	["Honeywell's s", honeywellCodeIds, "ssss", "qr", "sss"],
	["Datalogic's F", datalogicUsaCodeIds, "F4601234567893", "ean13", "4601234567893"],
	["Datalogic's FF", datalogicUsaCodeIds, "FF96385074", "ean8", "96385074"],
	["Datalogic's QR", datalogicUsaCodeIds, "QRQ", "qr", "Q"],
	["Datalogic's mP", datalogicUsaCodeIds, "mPx", "micropdf417", "x"],
	["Datalogic's T (EU)", datalogicEuCodeIds, "T1", "code128", "1"],
	["no code-id", zebraCodeIds, "?123", "unknown", "?123"],
	["half a code-id", zebraCodeIds, "P0", "unknown", "P0"],
	["an id of no length", { "": "qr" } as const, "123", "unknown", "123"],
])("%s is looked up, the longest first", (_name, codeIds, text, symbology, content) => {
	expect(read(text, { aim: false, codeIds })).toEqual([symbology, content]);
});

test("without the setting an identifier is content", () => {
	expect(read("]C0123", { aim: false, codeIds: null })).toEqual(["unknown", "]C0123"]);
});

test("a read without an identifier in front is unknown and whole", () => {
	for (const text of ["", "]", "]C", "] 0x", "123]C0", "\x1d]C0"])
		expect(read(text)).toEqual(["unknown", text]);
});

test("only the first of two identifiers is taken off", () => {
	expect(read("]E05012345678900]C18101")).toEqual(["ean13", "5012345678900]C18101"]);
});

test("a scanner with AIM identifiers sends no code-ids", () => {
	expect(read("D123", { aim: true, codeIds: zebraCodeIds })).toEqual(["unknown", "D123"]);
});

const plainOf = (text: string) => textOf(identify({ bytes: bytesOf(text) }, byAim).plain);

test.each(["]Q2", "]Q4", "]Q6", "]d4", "]d5", "]d6", "]L1"])("under %s escapes are undone", (identifier) => {
	expect(plainOf(`${identifier}\\00002677\\\\000026\\\\\\000003\\x\\12345`)).toBe("77\\000026\\\\x\\12345");
});

test.each(["]Q1", "]d1", "]L0", "]L2", "]C0", "]z0"])("under %s nothing is an escape", (identifier) => {
	expect(plainOf(`${identifier}\\000026\\\\`)).toBe("\\000026\\\\");
});

test("what the ECI protocol did to any content is undone, and the content stays as it came", () => {
	const part = fc.uint8Array().map(textOf);
	fc.assert(
		fc.property(fc.array(part), (parts) => {
			const doubled = parts.map((part) => part.replaceAll("\\", "\\\\")).join("\\000026");
			expect(plainOf(`]Q2${doubled}`)).toBe(parts.join(""));
			expect(read(`]Q2${doubled}`)).toEqual(["qr", doubled]);
		}),
	);
});

test("an identifier and its content are all the bytes, whatever they are", () => {
	const tables = fc.constantFrom(null, zebraCodeIds, honeywellCodeIds, datalogicUsaCodeIds);
	fc.assert(
		fc.property(fc.uint8Array(), fc.boolean(), tables, (bytes, aim, codeIds) => {
			const { content, symbology } = identify({ bytes }, { aim, codeIds });
			expect([...bytes.subarray(bytes.length - content.length)]).toEqual([...content]);
			expect(bytes.length - content.length).toBeLessThanOrEqual(3);
			if (symbology === "unknown") expect(content).toHaveLength(bytes.length);
		}),
	);
});
