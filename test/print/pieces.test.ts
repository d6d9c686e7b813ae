import { expect, test } from "vitest";
import { pieceWriter } from "../../src/print/pieces.ts";
import { handClock } from "./hand-clock.ts";

const nothing = () => undefined;

test("bytes leave in pieces, each after the one before it, and a call after the one before it", async () => {
	const pieces: Uint8Array[] = [];
	const write = pieceWriter({ write: async (bytes) => void pieces.push(bytes) }, handClock());
	const sent = await Promise.all([write(new Uint8Array(10_000), 1), write(Uint8Array.of(1, 2), 1)]);
	expect(sent).toEqual([undefined, undefined]);
	expect(pieces.map(({ length }) => length)).toEqual([4_096, 4_096, 1_808, 2]);
});

test("for a printer that does not read one piece is held, whatever is written after it", async () => {
	const clock = handClock();
	let held = 0;
	const write = pieceWriter(
		{
			write: (bytes) => {
				held += bytes.length;
				return new Promise<void>(nothing);
			},
		},
		clock,
	);
	clock.pass(1);
	expect(await write(new Uint8Array(10_000), 1)).toEqual({
		why: "the printer took nothing for 1 ms",
		begun: true,
	});
	expect(await write(Uint8Array.of(1), 1)).toEqual({
		why: "the printer took nothing for 1 ms",
		begun: false,
	});
	expect(held).toBe(4_096);
});

test("whoever has patience waits as long again", async () => {
	const clock = handClock();
	clock.pass(1);
	let asked = 0;
	const write = pieceWriter({ write: () => new Promise<void>(nothing) }, clock);
	const patience = async () => {
		asked += 1;
		return asked < 3;
	};
	expect(await write(Uint8Array.of(1), 1, patience)).toMatchObject({ begun: true });
	expect(asked).toBe(3);
});

test("a write that fails is told in words", async () => {
	const failing = {
		write: () => {
			throw new TypeError("cable cut");
		},
	};
	expect(await pieceWriter(failing, handClock())(Uint8Array.of(1), 1)).toEqual({
		why: "cable cut",
		begun: true,
	});
});

test("nothing is written for no bytes", async () => {
	const write = pieceWriter({ write: () => Promise.reject(new TypeError("written")) }, handClock());
	expect(await write(new Uint8Array(), 1)).toBeUndefined();
});
