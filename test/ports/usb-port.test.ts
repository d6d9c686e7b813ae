import { filter, firstValueFrom, lastValueFrom, scan, toArray } from "rxjs";
import { expect, test } from "vitest";
import type { Port } from "../../src/model/device.ts";
import { claim } from "../../src/ports/usb-claim.ts";
import { portOfUsb } from "../../src/ports/usb-port.ts";
import { descriptor, MadeUpUsbPrinter } from "./made-up-usb.ts";

const block = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7) % 251));
const part = { index: 0, alternate: 0, out: 0x01, in: 0x82 };

async function open(device = new MadeUpUsbPrinter()) {
	const port = await portOfUsb(await claim(device, part), "usb:04b8:0e28 at 1-2.3");
	return { device, port };
}

const heard = (port: Port, length: number) =>
	firstValueFrom(
		port.bytes$.pipe(
			scan((all, bytes) => Buffer.concat([all, bytes]), Buffer.alloc(0)),
			filter((all) => all.length >= length),
		),
	);

test("a block arrives byte for byte, also when the printer takes it in small bites", async () => {
	const { device, port } = await open();
	device.mostAtOnce = 1_000;
	await port.write(block);
	expect(device.received.equals(block)).toBe(true);
	await port.close();
});

test("a read is on its way before anything is asked, and again after every answer", async () => {
	const { device, port } = await open();
	expect(device.asked).toBe(1);
	const hearing = heard(port, 3);
	device.say(0x12);
	device.say(0x00, 0xff);
	expect([...(await hearing)]).toEqual([0x12, 0x00, 0xff]);
	await expect.poll(() => device.asked).toBe(1);
	await port.close();
});

test("a printer that answers nothing instead of waiting is heard all the same", async () => {
	const { device, port } = await open();
	const hearing = heard(port, 1);
	device.say();
	device.say(0x12);
	expect([...(await hearing)]).toEqual([0x12]);
	await port.close();
});

test("what an earlier question left behind is never an answer", async () => {
	const device = new MadeUpUsbPrinter();
	device.say(0x16);
	device.say(0x37, 0x22);
	const { port } = await open(device);
	const hearing = heard(port, 1);
	device.say(0x12);
	expect([...(await hearing)]).toEqual([0x12]);
	await port.close();
});

test("a one-way printer is written to and never asked", async () => {
	const device = new MadeUpUsbPrinter();
	const port = await portOfUsb(await claim(device, { ...part, in: undefined }), "usb");
	await port.write(block);
	expect([device.received.length, device.asked]).toEqual([block.length, 0]);
	await port.close();
});

test("close gives the printer back to the kernel's driver, in the order that the library wants", async () => {
	const { device, port } = await open();
	await Promise.all([port.close(), port.close()]);
	expect(device.calls).toEqual(["open", "detach", "claim", "release", "attach", "close"]);
	expect(await port.gone).toMatchObject({ reason: "closed" });
	await expect(port.write(block)).rejects.toMatchObject({ code: "printer-unreachable" });
});

test("close waits for what is taken in the meantime", async () => {
	const { device, port } = await open();
	device.room = 5_000;
	const writing = port.write(block);
	const closing = port.close();
	await new Promise(setImmediate);
	device.take();
	await Promise.all([writing, closing]);
	expect(device.received.equals(block)).toBe(true);
	expect(device.calls.at(-1)).toBe("close");
});

test("of a printer that takes no more, the write is called back after two seconds and the printer given back", async () => {
	const { device, port } = await open();
	device.room = 5_000;
	const refused = expect(port.write(block)).rejects.toMatchObject({ gone: { reason: "closed" } });
	await port.close();
	await refused;
	expect(device.calls.slice(-3)).toEqual(["release", "attach", "close"]);
	expect(device.asked).toBe(0);
});

test("an unplug in the middle of a block rejects the write with how far it came, and ends the port", async () => {
	const { device, port } = await open();
	device.room = 5_000;
	const writing = expect(port.write(block)).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "unplugged" },
		detail: expect.stringMatching(/^20000 bytes were not all written to usb:.*NO_DEVICE: it was unplugged/),
	});
	const all = lastValueFrom(port.bytes$.pipe(toArray()));
	await new Promise(setImmediate);
	device.pull();
	await writing;
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
	expect(await all).toEqual([]);
	expect(device.calls.at(-1)).toBe("close");
});

test("an unplug while nothing is written is found out by the read that is on its way", async () => {
	const { device, port } = await open();
	device.pull();
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
});

test("a stall is cleared, so that the next opening finds a printer that takes bytes", async () => {
	const { device, port } = await open();
	device.room = 0;
	const refused = expect(port.write(block)).rejects.toMatchObject({
		detail: expect.stringMatching(/STALL.*after 0 of 20000 bytes$/),
	});
	await new Promise(setImmediate);
	device.stall();
	await refused;
	expect(device.calls).toContain("clearHalt");
	expect(await port.gone).toMatchObject({ reason: "failed" });
});

test("a printer that is unplugged while it is opened is given back", async () => {
	const device = new MadeUpUsbPrinter();
	const claimed = await claim(device, part);
	device.pull();
	await expect(portOfUsb(claimed, "usb")).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "unplugged" },
	});
	expect(device.calls.at(-1)).toBe("close");
});

test.each([
	["there is none", { hasDriver: false }],
	["the system has no answer", { refuses: { driver: -12 } }],
])("no driver of the kernel is detached where %s", async (_, facts) => {
	const { device, port } = await open(Object.assign(new MadeUpUsbPrinter(), facts));
	await port.close();
	expect(device.calls).toEqual(["open", "claim", "release", "close"]);
});

test("a claim that fails leaves the printer to the kernel's driver", async () => {
	const device = new MadeUpUsbPrinter();
	device.refuses.claim = -6;
	await expect(claim(device, part)).rejects.toMatchObject({ errno: -6 });
	expect(device.calls).toEqual(["open", "detach", "attach", "close"]);
});

test("another alternate setting than the first is set", async () => {
	const device = new MadeUpUsbPrinter();
	device.configDescriptor = { interfaces: [[descriptor(1), descriptor(2, { alternate: 1 })]] };
	const claimed = await claim(device, { ...part, alternate: 1 });
	await claimed.letGo();
	expect(device.calls).toEqual(["open", "detach", "claim", "setAltSetting 1", "release", "attach", "close"]);
});
