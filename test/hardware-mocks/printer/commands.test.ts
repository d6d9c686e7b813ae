import fc from "fast-check";
import { expect, test } from "vitest";
import { takeCommand } from "../../../hardware-mocks/printer/commands.ts";

const read = (...bytes: number[]) => takeCommand(Uint8Array.from(bytes));

test.each([
	["LF", [0x0a], []],
	["text", [0x8f], []],
	["ESC @", [0x1b, 0x40], []],
	["ESC a", [0x1b, 0x61, 0x01], [0x01]],
	["ESC p", [0x1b, 0x70, 0x00, 0x19, 0xfa], [0x00, 0x19, 0xfa]],
	["ESC D", [0x1b, 0x44, 0x08, 0x10, 0x00], [0x08, 0x10, 0x00]],
	["ESC *", [0x1b, 0x2a, 0x21, 0x01, 0x00, 1, 2, 3], [0x21, 0x01, 0x00, 1, 2, 3]],
	["FS .", [0x1c, 0x2e], []],
	["GS !", [0x1d, 0x21, 0x11], [0x11]],
	["GS V", [0x1d, 0x56, 0x00], [0x00]],
	["GS V", [0x1d, 0x56, 0x42, 0x03], [0x42, 0x03]],
	["GS k", [0x1d, 0x6b, 0x04, 0x41, 0x42, 0x00], [0x04, 0x41, 0x42, 0x00]],
	["GS k", [0x1d, 0x6b, 0x49, 0x03, 0x7b, 0x42, 0x41], [0x49, 0x03, 0x7b, 0x42, 0x41]],
	// GS v 0, mode 0, one byte in a row (01 00), two rows (02 00).
	["GS v", [0x1d, 0x76, 0x30, 0x00, 1, 0, 2, 0, 0xff, 0x81], [0x30, 0x00, 1, 0, 2, 0, 0xff, 0x81]],
	// GS ( k, four bytes follow (04 00): cn 49, fn 65, model 50, 0.
	["GS ( k", [0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0], [0x31, 0x41, 0x32, 0]],
	["GS ( H", [0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 1, 2, 3, 4], [0x30, 0x30, 1, 2, 3, 4]],
	["DLE EOT", [0x10, 0x04, 0x01], [0x01]],
	["DLE DC4", [0x10, 0x14, 0x01, 0x00, 0x02], [0x01, 0x00, 0x02]],
])("%s of the bytes %j has the parameters %j", (name, bytes, parameters) => {
	const command = takeCommand(Uint8Array.from([...bytes, 0x41]));
	expect(command?.name).toBe(name);
	expect([...(command?.bytes ?? [])]).toEqual(bytes);
	expect([...(command?.parameters ?? [])]).toEqual(parameters);
});

test("a command is taken only when its last byte has come", () => {
	expect(read()).toBeUndefined();
	expect(read(0x1b)).toBeUndefined();
	expect(read(0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32)).toBeUndefined();
	expect(read(0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0xff)).toBeUndefined();
});

test("what no manual names is unknown and two bytes long, and what follows is text", () => {
	expect(read(0x1b, 0x5a, 0x41)).toMatchObject({ name: "unknown", bytes: Uint8Array.of(0x1b, 0x5a) });
	expect(read(0x1d, 0x56, 0x07, 0x41)?.name).toBe("unknown");
});

test("a picture larger than any printer's is not waited for", () => {
	expect(read(0x1d, 0x76, 0x30, 0x00, 0xff, 0xff, 0xff, 0xff)?.name).toBe("unknown");
});

test("any bytes are cut into commands without loss, and never into an empty one", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
			const taken: number[] = [];
			let waiting = bytes;
			for (let command = takeCommand(waiting); command !== undefined; command = takeCommand(waiting)) {
				expect(command.bytes.length).toBeGreaterThan(0);
				taken.push(...command.bytes);
				waiting = waiting.subarray(command.bytes.length);
			}
			expect([...taken, ...waiting]).toEqual([...bytes]);
		}),
	);
});
