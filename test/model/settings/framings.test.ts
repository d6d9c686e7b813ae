import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { scannerDrivers } from "../../../drivers/index.ts";
import { honeywellSerial } from "../../../drivers/scanners/honeywell-serial.ts";
import { serialGeneric } from "../../../drivers/scanners/serial-generic.ts";
import { framing, pictures } from "../../../src/model/settings/framings.ts";
import { scannerOf } from "../../../src/scanners/scanners.ts";

const drivers = Object.values(scannerDrivers);
const shipping = drivers.filter((driver) => driver.pictures !== null);

describe("what the settings may say is what the drivers say", () => {
	test.each(drivers.map((driver) => [driver.id, driver.framing]))("%s: its framing", (_, facts) => {
		expect(framing.parse(parse(stringify(facts)))).toEqual(facts);
	});

	test.each(shipping.map((driver) => [driver.id, driver.pictures]))("%s: its pictures", (_, facts) => {
		expect(pictures.parse(parse(stringify(facts)))).toEqual(facts);
	});
});

test("pictures of the settings go before the driver's, also where that knows of none", () => {
	const own = { line: null, framing: null, aim: null, codeIds: null, acknowledges: null };
	const settings = { name: "front", mostFrameBytes: 8_192, ...own, pictures: null };
	const { pictures: known } = honeywellSerial;
	const other = pictures.parse({ ...known, start: [2], headerEnd: 10 });
	const limits = { mostBytes: 5_000 };
	const ofDriver = scannerOf(settings, honeywellSerial, limits);
	expect(ofDriver.pictures).toEqual({ shipping: known, mostBytes: 5_000 });
	for (const driver of [honeywellSerial, serialGeneric]) {
		const scanner = scannerOf({ ...settings, pictures: other }, driver, limits);
		expect(scanner.pictures).toEqual({ shipping: other, mostBytes: 5_000 });
	}
	expect(scannerOf(settings, serialGeneric, limits).pictures).toBeNull();
});

test.each([
	["a kind that there is not", { by: "fax" }, "expected a map with by: honeywell, magellan or ssi"],
	["no request", { ...honeywellSerial.pictures, request: [] }, "expected at least one byte"],
	["no start", { ...honeywellSerial.pictures, start: [] }, "expected at least one byte"],
	["no time to doubt", { ...honeywellSerial.pictures, doubtMs: 0 }, "expected 20 to 1000 ms"],
])("pictures with %s are refused in words", (_, wrong, words) => {
	expect(pictures.safeParse(wrong).error?.issues[0]?.message).toContain(words);
});
