import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { usbLibrary } from "../../src/ports/usb-library.ts";

test("the package loads, lists devices and keeps no process alive", () => {
	const program = `
		const { usbLibrary } = await import("./src/ports/usb-library.ts");
		const library = await usbLibrary();
		console.log(Array.isArray(library.getDeviceList()));`;
	const said = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
		encoding: "utf8",
		timeout: 20_000,
	});
	expect(said).toBe("true\n");
});

test("the package is not loaded by the file that knows how to open printers", () => {
	const program = `
		await import("./src/ports/printer-port.ts");
		console.log(process.report.getReport().sharedObjects.some((file) => file.includes("/usb/prebuilds/")));`;
	const said = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
	expect(said).toBe("false\n");
});

test("a machine that lacks its libraries is told what to install", async () => {
	const load = async () => {
		throw Object.assign(new TypeError("libudev.so.1: cannot open shared object file\nmore"), {
			code: "ERR_DLOPEN_FAILED",
		});
	};
	await expect(usbLibrary(load)).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringMatching(
			/libudev\.so\.1: cannot open shared object file; on Debian: apt-get install/,
		),
	});
});

test("a machine where libusb cannot start is told so", async () => {
	const load = async () => ({
		getDeviceList: () => {
			throw new TypeError("LIBUSB_ERROR_OTHER");
		},
	});
	await expect(usbLibrary(load)).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringMatching(/: LIBUSB_ERROR_OTHER$/),
	});
});
