import { lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import { HidDeviceMock } from "../../hardware-mocks/scanner/hid-device.ts";
import type { Port } from "../../src/model/device.ts";
import { openHid } from "../../src/ports/hid.ts";
import { madeUpMachine } from "./made-up-machine.ts";

const open = (device: HidDeviceMock, path = "/dev/hidraw0") => openHid(path, { open: async () => device });

const all = (port: Port) => lastValueFrom(port.bytes$.pipe(toArray()));

test("the device is read as soon as the port is there, and its reports are kept for the first listener", async () => {
	const device = new HidDeviceMock(() => undefined);
	const port = await open(device);
	device.send(Uint8Array.of(2, 1, 0x31));
	device.send(Uint8Array.of(2, 1, 0x32));
	const heard = all(port);
	device.send(Uint8Array.of(2, 1, 0x33));
	await port.close();
	expect((await heard).map((report) => [...report])).toEqual([
		[2, 1, 0x31],
		[2, 1, 0x32],
		[2, 1, 0x33],
	]);
});

test("a port that is closed at once throws nowhere", async () => {
	const device = new HidDeviceMock(() => undefined);
	await (await open(device)).close();
	await new Promise((resolve) => setImmediate(resolve));
	expect(device.isClosed).toBe(true);
});

test("the report descriptor comes from sysfs, through a link too", async () => {
	const machine = madeUpMachine();
	machine.plugHid({ node: "hidraw3", usb: "1-2", descriptor: [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0xc0] });
	const device = new HidDeviceMock(() => undefined);
	const port = await openHid(machine.link("scanner", "hidraw3"), {
		open: async () => device,
		sys: machine.sys,
	});
	expect([...(port.hid?.descriptor ?? [])]).toEqual([0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0xc0]);
	await port.close();
});

test("a device that is not there is away, with what to do", async () => {
	await expect(openHid("/dev/hidraw4095")).rejects.toMatchObject({
		code: "scanner-away",
		gone: { reason: "unplugged" },
		detail: expect.stringMatching(/hidraw4095.*plug it in/),
	});
});

test("a thousand replugs end as unplugged, each with all its reports, and leave no handle open", async () => {
	const devices: HidDeviceMock[] = [];
	const plug = async () => {
		devices.push(new HidDeviceMock(() => undefined));
		return devices.at(-1) as HidDeviceMock;
	};
	for (let cycle = 0; cycle < 1_000; cycle += 1) {
		const port = await openHid("/dev/hidraw0", { open: plug });
		const heard = all(port);
		devices.at(-1)?.send(Uint8Array.of(cycle % 256));
		devices.at(-1)?.pull();
		expect(await port.gone).toMatchObject({ reason: "unplugged" });
		expect((await heard).map((report) => [...report])).toEqual([[cycle % 256]]);
	}
	expect(devices.filter(({ isClosed }) => !isClosed)).toEqual([]);
	expect(devices.filter((device) => device.listenerCount("data") > 0)).toEqual([]);
});
