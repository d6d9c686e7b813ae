import { once } from "node:events";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { take } from "rxjs";
import { expect, test } from "vitest";
import { openInlet } from "../../src/ports/inlet.ts";

/** A stream whose writes have reached whoever reads it when the promise resolves. */
function source() {
	const stream = new PassThrough();
	const send = (bytes: Uint8Array) => new Promise<void>((resolve) => stream.write(bytes, () => resolve()));
	const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
	return { stream, send: (bytes: Uint8Array) => send(bytes).then(turn) };
}

test("what came before the first listener comes first, in order", async () => {
	const { stream, send } = source();
	const inlet = openInlet(stream);
	await send(Uint8Array.of(1));
	await send(Uint8Array.of(2));
	const heard: number[] = [];
	inlet.bytes$.subscribe((bytes) => heard.push(...bytes));
	await send(Uint8Array.of(3));
	expect(heard).toEqual([1, 2, 3]);
});

test("what comes between two listeners waits for the second", async () => {
	const { stream, send } = source();
	const inlet = openInlet(stream);
	inlet.bytes$.subscribe().unsubscribe();
	await send(Uint8Array.of(7));
	const heard: number[] = [];
	inlet.bytes$.subscribe((bytes) => heard.push(...bytes));
	expect(heard).toEqual([7]);
});

test("a listener that leaves while it gets what was kept leaves the rest to the next", async () => {
	const { stream, send } = source();
	const inlet = openInlet(stream);
	await send(Uint8Array.of(1));
	await send(Uint8Array.of(2));
	const heard: number[] = [];
	inlet.bytes$.pipe(take(1)).subscribe((bytes) => heard.push(...bytes));
	inlet.bytes$.subscribe((bytes) => heard.push(...bytes));
	expect(heard).toEqual([1, 2]);
});

test("of a megabyte that nobody listens to the most stays with the sender, and nothing is lost", async () => {
	const { stream, send } = source();
	const inlet = openInlet(stream);
	const piece = new Uint8Array(16_384);
	const paused = once(stream, "pause");
	const sending = Array.from({ length: 64 }, () => send(piece));
	await paused;
	expect(stream.writableLength).toBeGreaterThan(800_000);
	let total = 0;
	inlet.bytes$.subscribe((bytes) => {
		total += bytes.length;
	});
	await Promise.all(sending);
	expect(total).toBe(64 * piece.length);
});

test("what was heard no longer counts against what may be kept", async () => {
	const { stream, send } = source();
	const inlet = openInlet(stream);
	for (let round = 0; round < 10; round += 1) {
		await send(new Uint8Array(16_000));
		await send(new Uint8Array(16_000));
		inlet.bytes$.subscribe().unsubscribe();
		await send(new Uint8Array(16_000));
		expect(stream.isPaused()).toBe(false);
		inlet.bytes$.subscribe().unsubscribe();
	}
});

test("a listener that comes after the end gets what was kept, then completes", async () => {
	const { stream, send } = source();
	const inlet = openInlet(stream);
	await send(Uint8Array.of(1));
	inlet.end();
	const heard: unknown[] = [];
	inlet.bytes$.subscribe({ next: (bytes) => heard.push(...bytes), complete: () => heard.push("end") });
	expect(heard).toEqual([1, "end"]);
});

test("after the end the stream has no listener left", () => {
	const { stream } = source();
	const before = stream.listenerCount("data");
	const inlet = openInlet(stream);
	inlet.end();
	expect(stream.listenerCount("data")).toBe(before);
});

test("however listeners come and go, together they hear every byte once and in order", async () => {
	const step = fc.oneof(fc.constant("listen"), fc.constant("leave"), fc.uint8Array({ minLength: 1 }));
	await fc.assert(
		fc.asyncProperty(fc.array(step), async (steps) => {
			const { stream, send } = source();
			const inlet = openInlet(stream);
			const heard: number[] = [];
			const sent: number[] = [];
			let listening = inlet.bytes$.pipe(take(0)).subscribe();
			for (const what of steps) {
				if (what === "listen" && listening.closed) {
					listening = inlet.bytes$.subscribe((bytes) => heard.push(...bytes));
				} else if (what === "leave") {
					listening.unsubscribe();
				} else if (what instanceof Uint8Array) {
					sent.push(...what);
					await send(what);
				}
			}
			listening.unsubscribe();
			inlet.bytes$.subscribe((bytes) => heard.push(...bytes));
			expect(heard).toEqual(sent);
		}),
	);
});
