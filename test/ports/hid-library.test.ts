import { expect, test } from "vitest";
import { type HidLibrary, hidTrouble, withHidLibrary } from "../../src/ports/hid-library.ts";

const failing = (error: Error) => async (): Promise<HidLibrary> => {
	throw error;
};
const dlopen = Object.assign(
	new TypeError("libudev.so.1: cannot open shared object file: No such file or directory"),
	{ code: "ERR_DLOPEN_FAILED" },
);

/** A library whose native part is loaded when it is first called, as node-hid's is. */
const library = (fail?: Error) => {
	const calls: string[] = [];
	const devicesAsync = async () => {
		calls.push("devices");
		if (fail !== undefined) throw fail;
		return [];
	};
	const open = async () => {
		throw new TypeError("not asked for");
	};
	const getHidapiVersion = () => {
		if (fail !== undefined) throw fail;
		return "0.15.0";
	};
	const setDriverType = (type: string) => void calls.push(type);
	return {
		calls,
		load: async (): Promise<HidLibrary> => ({
			setDriverType,
			HIDAsync: { open },
			devicesAsync,
			getHidapiVersion,
		}),
	};
};

test("on Linux the hidraw backend is chosen before anything else", async () => {
	const { calls, load } = library();
	await withHidLibrary((hid) => hid.devicesAsync(), load);
	expect(calls).toEqual(process.platform === "linux" ? ["hidraw", "devices"] : ["devices"]);
});

test.each([
	["the library is not installed", failing(new TypeError("Cannot find package 'node-hid' imported from x"))],
	["libudev is missing", library(dlopen).load],
	[
		"there is no build for this machine",
		library(new TypeError("Failed to find binding for HID\nTried:\n - x")).load,
	],
])("when %s it is told what to install", async (_, load) => {
	await expect(withHidLibrary((hid) => hid.devicesAsync(), load)).rejects.toMatchObject({
		code: "scanner-away",
		detail: expect.stringMatching(
			/^HID devices cannot be used on this machine: [^\n]*apt-get install libudev1/,
		),
	});
});

test("an error of the device itself stays what it is", async () => {
	const error = new TypeError("cannot open device with path /dev/hidraw0");
	await expect(withHidLibrary((hid) => hid.devicesAsync(), library(error).load)).rejects.toBe(error);
});

test("the real library loads here and lists what is plugged in", async () => {
	expect(await withHidLibrary((hid) => hid.devicesAsync())).toEqual(expect.any(Array));
});

test("whether HID devices can be used is told without opening one", async () => {
	expect(await hidTrouble()).toBeUndefined();
	expect(await hidTrouble(library(dlopen).load)).toMatch(/libudev.so.1: .*apt-get install/);
});
