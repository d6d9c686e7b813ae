import { expect, test } from "vitest";
import type { Holder } from "../../src/ports/holder.ts";
import type { Plugged } from "../../src/ports/plugged.ts";
import { refusal, troublesOf } from "../../src/ports/rights.ts";

const failure = new TypeError("cannot open");

/** A machine where the file answers with an errno, or lets itself be opened. */
const machine = ({
	code,
	device,
	holders = [],
}: {
	code?: string;
	device?: Plugged;
	holders?: Holder[];
}) => ({
	access: async () => {
		if (code !== undefined) throw Object.assign(new TypeError(code), { code });
	},
	plugged: async () => (device === undefined ? [] : [device]),
	holders: async () => holders,
});

const hid: Plugged = {
	channel: "hid",
	path: "/dev/hidraw9",
	vendorId: "0c2e",
	productId: "0b6a",
	usages: [],
};
const usb: Plugged = { ...hid, channel: "serial", path: "/dev/ttyACM9" };
const port: Plugged = { channel: "serial", path: "/dev/ttyS9", usages: [] };

test.each([
	[hid, 'SUBSYSTEM=="hidraw", KERNEL=="hidraw*", KERNELS=="*:0C2E:0B6A.*", GROUP="kassad", MODE="0660"'],
	[usb, 'SUBSYSTEM=="tty", ATTRS{idVendor}=="0c2e", ATTRS{idProduct}=="0b6a", GROUP="kassad", MODE="0660"'],
	[port, "give kassad's user the group of this file (on Debian: dialout)"],
])("missing rights of a $channel device at $path are told with what to add", async (device, words) => {
	const { detail, gone } = await refusal(
		device.path,
		device.channel,
		failure,
		"scanner-away",
		machine({ code: "EACCES", device }),
	);
	expect(detail).toContain(words);
	expect(detail).toContain(`${device.path}: cannot open; `);
	expect(detail.includes("/etc/udev/rules.d/60-kassad.rules")).toBe(device.vendorId !== undefined);
	expect(gone.reason).toBe("refused");
});

test("a device that is not there is unplugged", async () => {
	const { detail, gone } = await refusal(
		"/dev/x",
		"hid",
		failure,
		"scanner-away",
		machine({ code: "ENOENT" }),
	);
	expect([gone.reason, detail]).toEqual([
		"unplugged",
		"/dev/x: cannot open; plug it in, or look up its name with: kassad devices",
	]);
});

test("a device that is held is refused, with its holders", async () => {
	const holders = [{ pid: 123, name: "chrome" }];
	const { detail, gone } = await refusal("/dev/x", "hid", failure, "scanner-away", machine({ holders }));
	expect([gone.reason, detail]).toEqual([
		"refused",
		"/dev/x: cannot open; it is held by chrome (pid 123); end the program that holds it",
	]);
});

test("a device that is there, may be opened and is held by nobody seen is something else", async () => {
	expect(await refusal("/dev/x", "hid", failure, "scanner-away", machine({}))).toMatchObject({
		gone: { reason: "failed" },
		detail: "/dev/x: cannot open; end the program that holds it, or check that it is a HID device",
	});
});

test("holders are told by name and number, kassad as itself", async () => {
	const holders = [
		{ pid: 123, name: "chrome" },
		{ pid: 5, name: "" },
		{ pid: process.pid, name: "node" },
	];
	expect(await troublesOf(hid, machine({ holders }))).toEqual([
		"it is held by chrome (pid 123), a program (pid 5), kassad itself",
	]);
});

test("what keeps kassad from a device is found without opening it", async () => {
	expect(await troublesOf(hid, machine({}))).toEqual([]);
	expect(await troublesOf(hid, machine({ code: "EACCES" }))).toEqual([
		expect.stringContaining('KERNELS=="*:0C2E:0B6A.*"'),
	]);
	expect(await troublesOf(hid, machine({ code: "ENOENT" }))).toEqual([
		expect.stringContaining("its file is not"),
	]);
});
