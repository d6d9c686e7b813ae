import { from, Subject } from "rxjs";
import { expect, test, vi } from "vitest";
import type { Cut, Discarded } from "../../src/model/read.ts";
import { acknowledged } from "../../src/scan/link-answers.ts";

const read: Cut = { kind: "frame", bytes: Uint8Array.of(0x41) };
const wrong = (why: Discarded["why"]): Cut => ({ kind: "discarded", length: 1, why });
const picture: Cut = { kind: "picture", picture: { form: "jpeg", bytes: Uint8Array.of(1) } };

/** What passes, and the bytes written meanwhile. */
function play(...cuts: readonly Cut[]) {
	const written: number[] = [];
	const passed: Cut[] = [];
	const write = async (bytes: Uint8Array) => void written.push(...bytes);
	from(cuts)
		.pipe(acknowledged({ write }))
		.subscribe((cut) => passed.push(cut));
	return { passed, written };
}

test("a read is answered with ACK, what was discarded with NAK, and all passes unchanged", () => {
	const cuts = [read, wrong("too-long"), picture, wrong("checksum"), wrong("not-a-read"), read];
	const { passed, written } = play(...cuts);
	expect(passed).toEqual(cuts);
	expect(written).toEqual([0x06, 0x15, 0x06, 0x15, 0x15, 0x06]);
});

test("bytes between two reads and half a read are not answered", () => {
	expect(play(wrong("between-frames"), wrong("unfinished")).written).toEqual([]);
});

test("a scanner whose repeats are wrong, too, is set free after two of them", () => {
	const { written } = play(...Array<Cut>(4).fill(wrong("too-long")), read, wrong("too-long"));
	expect(written).toEqual([0x15, 0x15, 0x06, 0x15, 0x06, 0x15]);
});

test("the answer is on its way before the read is", () => {
	const order: string[] = [];
	from([read])
		.pipe(acknowledged({ write: async () => void order.push("answer") }))
		.subscribe(() => order.push("read"));
	expect(order).toEqual(["answer", "read"]);
});

test("failed writes are told to nobody, and a line that takes none gathers no answers", async () => {
	const write = vi.fn(() => Promise.reject(new TypeError("gone")));
	const cuts$ = new Subject<Cut>();
	let passed = 0;
	cuts$.pipe(acknowledged({ write })).subscribe(() => {
		passed += 1;
	});
	for (let times = 0; times < 1_000; times += 1) cuts$.next(read);
	expect(passed).toBe(1_000);
	expect(write.mock.calls.length).toBeLessThan(100);
	await Promise.resolve().then(() => undefined);
	cuts$.next(read);
	expect(write.mock.calls.length).toBeLessThan(100);
});
