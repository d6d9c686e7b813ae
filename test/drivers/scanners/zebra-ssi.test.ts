import { expect, test } from "vitest";
import { zebraSsi } from "../../../drivers/scanners/zebra-ssi.ts";
import { isFrozen } from "./serial-kit.ts";

const packets = Object.entries(zebraSsi.deeds);

test.each(packets)(
	"the packet for %s has the right length and checksum",
	(_name, packet: readonly number[]) => {
		expect(packet[0]).toBe(packet.length - 2);
		const [high = 0, low = 0] = packet.slice(-2);
		const sum = packet.slice(0, -2).reduce((all, byte) => all + byte, high * 256 + low);
		expect(sum % 0x1_0000).toBe(0);
	},
);

test("the host's commands are those of the guide", () => {
	const opcodes = packets.map(([name, packet]) => [name, packet[1]?.toString(16)]);
	expect(Object.fromEntries(opcodes)).toEqual({
		trigger: "e4",
		stop: "e5",
		enable: "e9",
		disable: "ea",
		"beep-good": "e6",
		"beep-bad": "e6",
	});
	for (const [, packet] of packets) expect(packet.slice(2, 4)).toEqual([0x04, 0x00]);
});

test("the facts cannot be changed by whoever uses them", () => {
	expect(isFrozen(zebraSsi)).toBe(true);
});
