import { Duplex } from "node:stream";
import { lastValueFrom, toArray } from "rxjs";
import { expect, test, vi } from "vitest";
import { portOf } from "../../src/ports/port.ts";

/** A channel whose other side is the test. */
function channel() {
	const taken: Uint8Array[] = [];
	const waiting: (() => void)[] = [];
	const other = { stuck: false, taken, release: () => waiting.splice(0).forEach((go) => void go()) };
	const stream = new Duplex({
		read: () => undefined,
		write: (bytes: Buffer, _, done) => {
			taken.push(bytes);
			if (other.stuck) waiting.push(done);
			else done();
		},
	});
	const calls: string[] = [];
	const port = portOf({
		stream,
		name: "/dev/test",
		fault: "scanner-away",
		finish: () => {
			calls.push("finish");
			stream.destroy();
		},
		abort: () => {
			calls.push("abort");
			stream.destroy();
		},
	});
	return { stream, port, other, calls };
}

test("a thousand writes leave no listener behind", async () => {
	const { stream, port } = channel();
	const before = stream.eventNames().map((name) => [name, stream.listenerCount(name)]);
	for (let count = 0; count < 1_000; count += 1) await port.write(Uint8Array.of(count));
	expect(stream.eventNames().map((name) => [name, stream.listenerCount(name)])).toEqual(before);
});

test("close ends the channel only when all that was written is taken", async () => {
	const { port, other, calls } = channel();
	other.stuck = true;
	const writing = port.write(Uint8Array.of(1, 2, 3));
	const closing = port.close();
	await new Promise(setImmediate);
	expect(calls).toEqual([]);
	other.stuck = false;
	other.release();
	await writing;
	await closing;
	expect(calls[0]).toBe("finish");
});

test("close gives up after two seconds, and the write that is stuck is rejected", async () => {
	vi.useFakeTimers();
	try {
		const { port, other, calls } = channel();
		other.stuck = true;
		const writing = port.write(Uint8Array.of(1, 2, 3));
		const rejected = expect(writing).rejects.toMatchObject({
			code: "scanner-away",
			detail: "3 bytes were not all written to /dev/test: /dev/test was closed by kassad",
		});
		const closing = port.close();
		await vi.advanceTimersByTimeAsync(2_000);
		await closing;
		await rejected;
		expect(calls).toEqual(["abort"]);
		expect(vi.getTimerCount()).toBe(0);
	} finally {
		vi.useRealTimers();
	}
});

test("the first reason is the one that counts, and an error that comes later harms nobody", async () => {
	const { stream, port } = channel();
	stream.emit("error", Object.assign(new TypeError("cable pulled"), { code: "EIO" }));
	stream.emit("error", new TypeError("and once more"));
	expect(await port.gone).toEqual({ reason: "unplugged", detail: "cable pulled" });
	expect(await lastValueFrom(port.bytes$.pipe(toArray()))).toEqual([]);
	await port.close();
});
