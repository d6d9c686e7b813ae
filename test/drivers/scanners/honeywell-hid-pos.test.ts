import { expect, test } from "vitest";
import { honeywellHidPos } from "../../../drivers/scanners/honeywell-hid-pos.ts";
import { hidFacts } from "./hid-kit.ts";

hidFacts(honeywellHidPos);

test("its commands are those of a serial line behind report id and length", () => {
	const commands = Object.entries(honeywellHidPos.deeds).map(([deed, [id, length, ...command]]) => {
		expect([id, length]).toEqual([0xfd, command.length]);
		return [deed, Buffer.from(command).toString("latin1")];
	});
	expect(commands).toEqual([
		["trigger", "\x16T\r"],
		["stop", "\x16U\r"],
		["beep-good", "\x16\x07\r"],
	]);
});

test("its scanners are only met as bar code scanners, not as the device of their settings", () => {
	expect(new Set(honeywellHidPos.marks.map(({ usagePage }) => usagePage))).toEqual(new Set([0x8c]));
});
