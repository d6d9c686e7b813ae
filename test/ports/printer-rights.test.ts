import { expect, test } from "vitest";
import type { Holder } from "../../src/ports/holder.ts";
import { printerRefusal, printerTroubles } from "../../src/ports/printer-rights.ts";
import type { PluggedPrinter } from "../../src/ports/printers.ts";

const lp: PluggedPrinter = { path: "/dev/usb/lp9", vendorId: "04b8", productId: "0e28", driver: "usblp" };
const usb: PluggedPrinter = { ...lp, path: "/dev/bus/usb/001/009" };

const errno = (code: string) => Object.assign(new TypeError(`${code}: words`), { code });

const machine = ({
	code,
	printers = [],
	holders = [],
}: {
	code?: string;
	printers?: PluggedPrinter[];
	holders?: Holder[];
}) => ({
	access: async () => {
		if (code !== undefined) throw errno(code);
	},
	printers: async () => printers,
	holders: async () => holders,
});

test.each([
	["EACCES", {}, "refused", /on Debian: lp\): SUBSYSTEM=="usbmisc", KERNEL=="lp\*"/],
	["EBUSY", { holders: [{ pid: 7, name: "cupsd" }] }, "refused", /it is held by cupsd \(pid 7\); end the/],
	["EBUSY", {}, "refused", /it is held by another program/],
	["ENOENT", {}, "unplugged", /plug it in and switch it on, or look up its name with: kassad devices$/],
	["ENOENT", { printers: [{ ...usb, driver: "usbfs" }] }, "unplugged", /001\/009 has no file.*a CUPS queue/],
	["ENODEV", { printers: [{ ...usb, driver: "none" }] }, "unplugged", /modprobe usblp/],
	["ENXIO", { printers: [{ ...usb, driver: "ftdi" }] }, "unplugged", /the driver ftdi has it/],
	["EMFILE", {}, "failed", /^\/dev\/usb\/lp9: EMFILE: words$/],
])("%s with %j is told as %s", async (code, facts, reason, words) => {
	const { gone, detail, code: fault } = await printerRefusal("/dev/usb/lp9", errno(code), machine(facts));
	expect([fault, gone.reason]).toEqual(["printer-unreachable", reason]);
	expect(detail).toMatch(words);
});

test("missing rights are told with the rule for the way in question", async () => {
	const denied = machine({ code: "EACCES" });
	expect(await printerTroubles(lp, denied)).toEqual([
		expect.stringMatching(/on Debian: lp\).*KERNEL=="lp\*", GROUP="kassad"/),
	]);
	expect(await printerTroubles(usb, denied)).toEqual([expect.stringContaining("ID_USB_INTERFACES")]);
});

test("what keeps kassad from a printer is found without opening it", async () => {
	expect(await printerTroubles(lp, machine({}))).toEqual([]);
	expect(await printerTroubles(lp, machine({ code: "ENOENT" }))).toEqual([
		expect.stringContaining("its file is not"),
	]);
	const held = machine({ holders: [{ pid: 7, name: "cupsd" }] });
	expect(await printerTroubles(lp, held)).toEqual(["it is held by cupsd (pid 7)"]);
	expect(await printerTroubles({ ...usb, driver: "usbfs" }, held)).toEqual(["it is held by cupsd (pid 7)"]);
	expect(await printerTroubles({ ...usb, driver: "usbfs" }, machine({}))).toEqual([
		expect.stringContaining("such as a CUPS queue"),
	]);
});
