import { lastValueFrom, toArray } from "rxjs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HidDeviceMock, type HostReport } from "../../hardware-mocks/scanner/hid-device.ts";
import { portOfHid } from "../../src/ports/hid-port.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

/** A device that takes what the host sends in its own way: `take` resolves with the bytes that left. */
class OddHid extends HidDeviceMock {
	readonly #take: (report: number[] | Buffer) => Promise<number>;

	constructor(take: (report: number[] | Buffer) => Promise<number>) {
		super(() => undefined);
		this.#take = take;
	}

	override write(report: number[] | Buffer): Promise<number> {
		return this.#take(report);
	}
}

/** An open device that is being read, and its port. */
async function plugged(device: HidDeviceMock = new HidDeviceMock(() => undefined)) {
	const port = portOfHid(device, "/dev/hidraw0", undefined);
	await new Promise<void>((resolve) => process.nextTick(resolve));
	return { device, port };
}

const never = () => new Promise<number>(() => undefined);

test("a write is one output report, and a feature report another kind", async () => {
	const got: HostReport[] = [];
	const { port } = await plugged(new HidDeviceMock((report) => got.push(report)));
	await port.write(Uint8Array.of(4, 1));
	await port.hid?.feature(Uint8Array.of(6, 0));
	expect(got).toEqual([
		{ as: "output", bytes: Uint8Array.of(4, 1) },
		{ as: "feature", bytes: Uint8Array.of(6, 0) },
	]);
	await port.close();
});

test("a report that the device refuses fails that write, and the port lives on", async () => {
	const { device, port } = await plugged(
		new OddHid(([first]) => (first === 9 ? Promise.reject(new TypeError("stalled")) : Promise.resolve(2))),
	);
	await expect(port.write(Uint8Array.of(9, 1))).rejects.toMatchObject({
		code: "scanner-away",
		detail: "a report was not written to /dev/hidraw0: stalled",
	});
	await port.write(Uint8Array.of(4, 1));
	expect(device.isClosed).toBe(false);
	await port.close();
});

test("a report of which a part was sent is a failed write", async () => {
	const { port } = await plugged(new OddHid(async () => 1));
	await expect(port.write(Uint8Array.of(4, 1, 1))).rejects.toMatchObject({
		detail: expect.stringContaining("1 of 3 bytes left"),
	});
	await port.close();
});

test("a device that does not take a report for two seconds fails the write", async () => {
	const { port } = await plugged(new OddHid(never));
	const writing = expect(port.write(Uint8Array.of(4, 1))).rejects.toMatchObject({
		gone: { reason: "timed-out" },
	});
	await vi.advanceTimersByTimeAsync(2_000);
	await writing;
	await port.close();
});

test("an unplug under a write fails the write and ends the port as unplugged", async () => {
	const { device, port } = await plugged(new OddHid(never));
	const writing = expect(port.write(Uint8Array.of(4, 1))).rejects.toMatchObject({
		gone: { reason: "unplugged" },
	});
	const heard = lastValueFrom(port.bytes$.pipe(toArray()));
	device.pull();
	expect(await heard).toEqual([]);
	await writing;
	expect(await port.gone).toEqual({
		reason: "unplugged",
		detail: "/dev/hidraw0 was unplugged: could not read from HID device: hid_read failed",
	});
	expect(device.isClosed).toBe(true);
	await expect(port.write(Uint8Array.of(4, 1))).rejects.toMatchObject({ code: "scanner-away" });
});

test("close is safe to call twice, and a handle that does not close keeps nobody for longer than two seconds", async () => {
	const device = new HidDeviceMock(() => undefined);
	device.close = () => new Promise(() => undefined);
	const { port } = await plugged(device);
	const closing = Promise.all([port.close(), port.close()]);
	await vi.advanceTimersByTimeAsync(2_000);
	await closing;
	expect(await port.gone).toMatchObject({ reason: "closed" });
});

test("of a device that talks to nobody 64 KiB are kept and no more, and the next listener hears what comes then", async () => {
	const { device, port } = await plugged();
	const report = new Uint8Array(64).fill(7);
	for (let sent = 0; sent < 10_000; sent += 1) device.send(report);
	let heard = 0;
	port.bytes$.subscribe(() => {
		heard += 1;
	});
	expect(heard).toBe(1_024);
	device.send(report);
	expect(heard).toBe(1_025);
	await port.close();
});
