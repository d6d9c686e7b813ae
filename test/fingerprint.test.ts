import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, hostname, networkInterfaces, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { tillFingerprint } from "../src/fingerprint.ts";

const now = 1_764_000_000_000;
const names = ["processor", "board", "vendor", "serial", "time", "addresses", "usb"] as const;

/** The facts by their names, on a machine whose system has these files. */
function factsWith(files: Record<string, string | Uint8Array>): Record<(typeof names)[number], string> {
	const root = mkdtempSync(join(tmpdir(), "kassad-machine-"));
	onTestFinished(() => rmSync(root, { recursive: true }));
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), content);
	}
	const facts = tillFingerprint(now, root).reveal().split("|");
	expect(facts).toHaveLength(names.length);
	return Object.fromEntries(names.map((name, index) => [name, facts[index]])) as ReturnType<typeof factsWith>;
}

const dmi = "sys/class/dmi/id";
const usb = "sys/bus/usb/devices";

test("a till's computer is told by its files, and by what Node tells of the system", () => {
	const facts = factsWith({
		[`${dmi}/board_vendor`]: "ATOL\n",
		[`${dmi}/board_name`]: "J1900-T\n",
		[`${dmi}/sys_vendor`]: "ATOL Group\n",
		[`${dmi}/product_serial`]: "S/N 001234\n",
		[`${dmi}/board_serial`]: "board-7\n",
	});
	expect(facts).toEqual({
		processor: cpus()[0]?.model.trim(),
		board: "ATOL J1900-T",
		vendor: "ATOL Group",
		serial: "S/N 001234",
		time: "1764000000000",
		addresses: expect.any(String),
		usb: "",
	});
	const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
	for (const { address, internal } of outside) {
		expect(facts.addresses.split(",").includes(address)).toBe(!internal);
	}
});

test("a small board is told by its device tree, whose texts end with a zero", () => {
	const tree = {
		"proc/device-tree/model": "Raspberry Pi 4\0",
		"proc/device-tree/serial-number": "10000000abc\0",
	};
	expect(factsWith(tree)).toMatchObject({ board: "Raspberry Pi 4", vendor: "", serial: "10000000abc" });
});

test("what the system does not tell is empty, and the host name stands for the serial number", () => {
	expect(factsWith({})).toMatchObject({ board: "", vendor: "", serial: hostname(), usb: "" });
});

test("the board's serial number stands for one that only root may read, or that is blank", () => {
	const files = { [`${dmi}/product_serial`]: " \n", [`${dmi}/board_serial`]: "board-7\n" };
	expect(factsWith(files)).toMatchObject({ serial: "board-7" });
});

test("USB devices are told in a fixed order, hubs' interfaces are none", () => {
	const facts = factsWith({
		[`${usb}/1-2/idVendor`]: "0c2e\n",
		[`${usb}/1-2/idProduct`]: "0b61\n",
		[`${usb}/1-1/idVendor`]: "05e0\n",
		[`${usb}/1-1/idProduct`]: "1900\n",
		[`${usb}/1-1/serial`]: "S1,2|3\n",
		[`${usb}/1-1:1.0/bInterfaceClass`]: "03\n",
	});
	expect(facts.usb).toBe("05e0:1900 S1 2 3,0c2e:0b61");
});

test("a machine with too much to tell is told in short, in whatever letters", () => {
	const files = Object.fromEntries(
		["board_vendor", "board_name", "sys_vendor", "product_serial"].map((file) => [
			`${dmi}/${file}`,
			"\u{1d538}".repeat(1_000),
		]),
	);
	for (let index = 0; index < 100; index += 1) {
		files[`${usb}/1-${index}/idVendor`] = "05e0";
		files[`${usb}/1-${index}/idProduct`] = "1900";
		files[`${usb}/1-${index}/serial`] = `${index}${"\u4e2d".repeat(100)}`;
	}
	const facts = factsWith({ ...files, [`${dmi}/sys_vendor`]: "x".repeat(100_000) });
	expect(facts.vendor).toBe("x".repeat(64));
	expect(facts.usb.split(",").length).toBeGreaterThan(8);
	expect(Buffer.byteLength(Object.values(facts).join("|"))).toBeLessThan(3_500);
});

test("whatever bytes a file holds, the facts stay seven and hold no control characters", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
			const facts = factsWith({ [`${dmi}/board_name`]: bytes, [`${usb}/1-1/idVendor`]: bytes });
			expect(Object.values(facts).join("|")).not.toMatch(/\p{Cc}/u);
		}),
		{ numRuns: 50 },
	);
});

test("the fingerprint is a secret, and the same at the same moment", () => {
	const fingerprint = tillFingerprint(now);
	expect(`${fingerprint}${JSON.stringify({ fingerprint })}${inspect(fingerprint)}`).not.toContain(`${now}`);
	expect(tillFingerprint(now).reveal()).toBe(fingerprint.reveal());
});
