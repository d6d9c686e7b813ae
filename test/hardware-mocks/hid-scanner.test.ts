import { lastValueFrom, toArray } from "rxjs";
import { expect, test, vi } from "vitest";
import { honeywellHidPos } from "../../drivers/scanners/honeywell-hid-pos.ts";
import { ibmOem } from "../../drivers/scanners/ibm-oem.ts";
import { plugHidScanner } from "../../hardware-mocks/scanner/hid-scanner.ts";
import { openHid } from "../../src/ports/hid.ts";
import { hidPosReads$ } from "../../src/scan/hid-pos.ts";
import { ibmOemReads$ } from "../../src/scan/ibm-oem.ts";
import { shown } from "../scan/report-kit.ts";

/** Plugs a scanner in and opens it as the daemon does. */
async function plugged(...plug: Parameters<typeof plugHidScanner>) {
	const scanner = plugHidScanner(...plug);
	const open = () => openHid("/dev/hidraw0", { open: scanner.open });
	return { scanner, open, port: await open() };
}

test("a scanner's codes arrive through the port, until it is unplugged, and again after it", async () => {
	const { scanner, open, port } = await plugged("honeywell");
	const cuts = lastValueFrom(hidPosReads$(honeywellHidPos.framing, port, 100).pipe(toArray()));
	scanner.show("qr", "x".repeat(60));
	scanner.show("ean13", "4006381333931");
	scanner.unplug();
	expect((await cuts).map(shown)).toEqual([`qr ${"x".repeat(60)}`, "ean13 4006381333931"]);
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
	await expect(open()).rejects.toMatchObject({ code: "scanner-away" });
	scanner.replug();
	const again = await open();
	const next = lastValueFrom(hidPosReads$(honeywellHidPos.framing, again, 100).pipe(toArray()));
	scanner.show("code128", "ABC");
	await again.close();
	expect((await next).map(shown)).toEqual(["code128 ABC"]);
});

test("a Honeywell that begins as a keyboard sends codes after its driver's greeting", async () => {
	const { scanner, port } = await plugged("honeywell", { isSilentAtFirst: true });
	expect(scanner.show("qr", "too early")).toEqual([]);
	for (const { bytes } of honeywellHidPos.greeting) await port.hid?.feature(Uint8Array.from(bytes));
	expect(scanner.received).toEqual([{ as: "feature", bytes: Uint8Array.of(0xfe, 0x01) }]);
	expect(scanner.show("qr", "now")).toHaveLength(1);
	await port.close();
});

test("a Honeywell answers a menu command, of which no scan comes", async () => {
	const { scanner, port } = await plugged("honeywell");
	const heard: Uint8Array[] = [];
	port.bytes$.subscribe((report) => heard.push(report));
	const cuts = lastValueFrom(hidPosReads$(honeywellHidPos.framing, port, 100).pipe(toArray()));
	await port.write(Buffer.from("\xfd\x0a\x16M\rREVINF.", "latin1"));
	scanner.show("qr", "next");
	await port.close();
	expect(heard).toHaveLength(3);
	expect((await cuts).map(shown)).toEqual(["qr next"]);
});

test("an IBM scanner is silent until it is enabled, and answers with its status", async () => {
	const { scanner, port } = await plugged("ibm", { isSilentAtFirst: true });
	const cuts = lastValueFrom(ibmOemReads$(ibmOem.framing, port, 100).pipe(toArray()));
	expect(scanner.show("code128", "too early")).toEqual([]);
	for (const { bytes } of ibmOem.greeting) await port.write(Uint8Array.from(bytes));
	scanner.show("code128", "now");
	await port.write(Uint8Array.from(ibmOem.deeds.disable));
	expect(scanner.show("code128", "too late")).toEqual([]);
	await port.close();
	expect((await cuts).map(shown)).toEqual(["code128 now"]);
});

/** A device as node-hid hands it over, and what it tells. */
async function bare() {
	const scanner = plugHidScanner("honeywell");
	const device = await scanner.open("/dev/hidraw0");
	const heard = { data: vi.fn(), error: vi.fn() };
	return { scanner, device, ...heard };
}

const oneTurn = () => new Promise<void>((resolve) => process.nextTick(resolve));

test("the device keeps reports for a reader who comes late, as many as Linux does", async () => {
	const { scanner, device, data } = await bare();
	for (let sent = 0; sent < 100; sent += 1) scanner.send(Uint8Array.of(sent));
	device.on("data", data);
	expect(data).not.toHaveBeenCalled();
	await oneTurn();
	expect(data.mock.calls.map(([report]) => report[0])).toEqual(Array.from({ length: 63 }, (_, at) => at));
	await device.close();
});

test("the device tells nothing after its close, and takes nothing", async () => {
	const { scanner, device, data, error } = await bare();
	device.on("data", data).on("error", error);
	await oneTurn();
	const closing = device.close();
	scanner.send(Uint8Array.of(1));
	scanner.unplug();
	await closing;
	expect([data, error].map(({ mock }) => mock.calls)).toEqual([[], []]);
	await expect(device.write([1])).rejects.toThrow("device has been closed");
	await expect(device.close()).rejects.toThrow("device is already closed");
});

test("an unplugged device tells it once, with a text, and refuses reports", async () => {
	const { scanner, device, data, error } = await bare();
	device.on("error", error);
	scanner.unplug();
	expect(error).not.toHaveBeenCalled();
	device.on("data", data);
	await oneTurn();
	expect(error.mock.calls).toEqual([[expect.stringContaining("could not read")]]);
	await expect(device.sendFeatureReport([1])).rejects.toThrow("could not send feature report");
	await device.close();
});

test("what a listener throws comes back as the device's error", async () => {
	const { scanner, device, error } = await bare();
	device.on("error", error).on("data", () => {
		throw new TypeError("deaf");
	});
	await oneTurn();
	scanner.send(Uint8Array.of(1));
	await new Promise<void>((resolve) => setImmediate(resolve));
	expect(error.mock.calls).toEqual([[new TypeError("deaf")]]);
	await device.close();
});
