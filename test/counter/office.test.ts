import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { officeDesks } from "../../src/counter/office.ts";
import { settings } from "../../src/model/settings/settings.ts";
import type { Paper } from "../../src/paper.ts";
import { devicesResult } from "../../src/pos/office-results.ts";
import type { Rooms } from "../../src/rooms.ts";
import { opened } from "../journal/kit.ts";
import { printersOf, scriptedPrinter } from "../paper-kit.ts";
import { shipped } from "../settings-file.ts";

const shop = settings.parse(parse(readFileSync(shipped, "utf8")));
const [front] = shop.scanners;

/** An office of a till with two scanners and the printer of the shipped settings. */
function openOffice(scannerState?: Rooms["scannerState"]) {
	const scanners = [
		{ ...front, name: "front" },
		{ ...front, name: "back" },
	] as typeof shop.scanners;
	const [journal, printers] = [opened(), printersOf(scriptedPrinter().printer)];
	const view = { printer: "receipt", state: "ready", held: false, waiting: 2 };
	const paper = { printerViewOf: () => view } as unknown as Paper;
	const rooms = { settings: { ...shop, scanners }, journal, printers, ...(scannerState && { scannerState }) };
	return { ...officeDesks(rooms as Rooms, { paper, paused: () => ["back"] }), view };
}

test("every device is told with its place and how it is", async () => {
	const office = openOffice((name) =>
		name === "front" ? { state: "ready" } : { state: "away", detail: "no such file" },
	);
	const devices = await office["device.list"]({});
	expect(devicesResult.parse(devices)).toEqual(devices);
	const { driver, path } = front ?? {};
	expect(devices).toEqual({
		scanners: [
			{ scanner: "front", driver, path, state: "ready", paused: false },
			{ scanner: "back", driver, path, state: "away", detail: "no such file", paused: true },
		],
		printers: [{ ...office.view, driver: "generic-80mm", by: "tcp", at: "192.168.1.100:9100" }],
	});
});

test("a till that hears no scanner tells them as away", async () => {
	const { scanners } = await openOffice()["device.list"]({});
	expect(scanners.map(({ state }) => state)).toEqual(["away", "away"]);
});

test("the settings are told as they are", async () => {
	expect(await openOffice()["config.get"]({})).toMatchObject({ storeId: shop.store.storeId });
});
