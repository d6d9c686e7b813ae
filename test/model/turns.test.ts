import { once } from "node:events";
import { createReadStream } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { atOnce, oneByOne, Turns } from "../../src/model/turns.ts";

/** Which turn of the event loop it is, counted for as long as a test wants to know. */
function turnCount() {
	let turn = 0;
	let isOver = false;
	const count = () => {
		turn += 1;
		if (!isOver) setImmediate(count);
	};
	setImmediate(count);
	return {
		now: () => turn,
		end: () => {
			isOver = true;
		},
	};
}

test("the first piece of a turn is done at once, each of the others in a turn of its own, in their order", async () => {
	const turns = new Turns();
	const count = turnCount();
	expect(turns.pressed()).toBeUndefined();
	const done: [string, number][] = [];
	const piece = async (name: string) => {
		await turns.pressed();
		done.push([name, count.now()]);
	};
	await Promise.all(["b", "c", "d"].map(piece));
	count.end();
	const [first = 0] = done.map(([, turn]) => turn);
	expect(done).toEqual([
		["b", first],
		["c", first + 1],
		["d", first + 2],
	]);
});

test("when all is done the next piece is done at once again", async () => {
	const turns = new Turns();
	void turns.pressed();
	await turns.arrived();
	expect(turns.pressed()).toBeInstanceOf(Promise);
	for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
	expect(turns.arrived()).toBeUndefined();
});

test("what the system has to tell is heard between two pieces", async () => {
	const turns = new Turns();
	void turns.pressed();
	let done = 0;
	const pieces = Array.from({ length: 10_000 }, async () => {
		await turns.pressed();
		done += 1;
	});
	await once(createReadStream(import.meta.filename), "data");
	expect(done).toBeLessThan(pieces.length);
	await Promise.all(pieces);
});

test("key presses go before what has arrived by itself, and after eight of them one of that", async () => {
	const turns = new Turns();
	void turns.pressed();
	const done: string[] = [];
	const named = async (turn: Promise<void> | undefined, name: string) => {
		await turn;
		done.push(name);
	};
	const arrivals = [1, 2, 3].map((number) => named(turns.arrived(), `a${number}`));
	const presses = Array.from({ length: 10 }, (_, index) => named(turns.pressed(), `p${index + 1}`));
	await Promise.all([...arrivals, ...presses]);
	const [first8, last2] = ["p1 p2 p3 p4 p5 p6 p7 p8", "p9 p10"];
	expect(done.join(" ")).toBe(`${first8} a1 ${last2} a2 a3`);
});

test("who asks for much comes no more often than the others, and its pieces keep their order", async () => {
	const turns = new Turns();
	void turns.pressed();
	const [greedy, modest] = [oneByOne(turns.pressed), oneByOne(turns.pressed)];
	const done: string[] = [];
	const piece = async (turn: Promise<void> | undefined, name: string) => {
		await turn;
		done.push(name);
	};
	const much = [1, 2, 3, 4].map((number) => piece(greedy(), `g${number}`));
	const little = [1, 2].map((number) => piece(modest(), `m${number}`));
	await Promise.all([...much, ...little]);
	expect(done).toEqual(["g1", "m1", "g2", "m2", "g3", "g4"]);
	for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate);
	expect(greedy()).toBeUndefined();
});

test("whatever comes when, every piece has its turn once, and each kind keeps its order", async () => {
	const arriving = fc.array(fc.tuple(fc.constantFrom("pressed" as const, "arrived" as const), fc.boolean()));
	await fc.assert(
		fc.asyncProperty(arriving, async (all) => {
			const turns = new Turns();
			const done = { pressed: [] as number[], arrived: [] as number[] };
			const pieces: Promise<void>[] = [];
			for (const [index, [kind, later]] of all.entries()) {
				if (later) await new Promise(setImmediate);
				pieces.push(Promise.resolve(turns[kind]()).then(() => void done[kind].push(index)));
			}
			await Promise.all(pieces);
			const wanted = (kind: string) => [...all.keys()].filter((index) => all[index]?.[0] === kind);
			expect(done).toEqual({ pressed: wanted("pressed"), arrived: wanted("arrived") });
		}),
		{ seed: 29, numRuns: 200 },
	);
});

test("a program that does one thing at a time never waits", () => {
	expect([atOnce(), atOnce()]).toEqual([undefined, undefined]);
});
