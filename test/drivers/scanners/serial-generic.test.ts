import { from } from "rxjs";
import { expect, test } from "vitest";
import { serialGeneric } from "../../../drivers/scanners/serial-generic.ts";
import type { Cut } from "../../../src/model/read.ts";
import { cutFrames } from "../../../src/scan/framing.ts";

test.each(["\r", "\n", "\r\n"])("reads that end with %j come apart, in one piece and byte by byte", (end) => {
	const sent = Buffer.from(["]C0123", "]Q1456"].map((read) => read + end).join(""));
	for (const pieces of [[sent], [...sent].map((byte) => Uint8Array.of(byte))]) {
		const cuts: Cut[] = [];
		from(pieces)
			.pipe(cutFrames(serialGeneric.framing, 4_096))
			.subscribe((cut) => cuts.push(cut));
		expect(cuts).toEqual([
			{ kind: "frame", bytes: Uint8Array.from(Buffer.from("]C0123")) },
			{ kind: "frame", bytes: Uint8Array.from(Buffer.from("]Q1456")) },
		]);
	}
});

test("the facts cannot be changed by whoever uses them", () => {
	const { line, framing } = serialGeneric;
	for (const facts of [serialGeneric, line, framing]) expect(Object.isFrozen(facts)).toBe(true);
});
