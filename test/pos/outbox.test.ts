import { Duplex, PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { Outbox } from "../../src/pos/outbox.ts";

/** An outbox over a stream that somebody reads or not, and a disk that is at work as the test says. */
function outbox(stream: Duplex = new PassThrough()) {
	const heard: string[] = [];
	const lost: unknown[] = [];
	const disk: { due: Promise<void> | undefined } = { due: undefined };
	const out = new Outbox(
		stream,
		() => disk.due,
		(error) => lost.push(error),
	);
	const say = (words: string) => out.say(Buffer.from(words));
	const read = () => stream.on("data", (bytes: Buffer) => heard.push(String(bytes)));
	stream.on("end", () => heard.push("END"));
	const settled = async () => {
		for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
	};
	return { out, say, read, heard, lost, stream, disk, settled };
}

test("what is said while the disk is at work leaves when the disk holds what was written before, in its order", async () => {
	const { say, read, heard, disk, settled } = outbox();
	read();
	const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	disk.due = first.promise;
	say("a");
	disk.due = second.promise;
	say("b");
	disk.due = undefined;
	say("c");
	await settled();
	expect(heard).toEqual([]);
	second.resolve();
	await settled();
	expect(heard).toEqual([]);
	first.resolve();
	await settled();
	expect(heard.join("")).toBe("abc");
});

test("when the disk holds everything a line is with the stream before the call returns", () => {
	const { say, stream } = outbox();
	say("a");
	expect(stream.writableLength).toBe(1);
});

test("the end of the connection waits for the lines before it", async () => {
	const { out, say, read, heard, stream, disk, settled } = outbox();
	read();
	const sync = Promise.withResolvers<void>();
	disk.due = sync.promise;
	say("last words");
	out.afterwards(() => stream.end());
	await settled();
	expect(heard).toEqual([]);
	sync.resolve();
	await settled();
	expect(heard).toEqual(["last words", "END"]);
});

test("after the disk has failed nothing of what waits is said", async () => {
	const { out, say, read, heard, lost, stream, disk, settled } = outbox();
	read();
	const sync = Promise.withResolvers<void>();
	disk.due = sync.promise;
	say("paid");
	out.afterwards(() => stream.end());
	sync.reject(new TypeError("gone"));
	await settled();
	disk.due = undefined;
	say("and printed");
	await settled();
	expect(heard).toEqual([]);
	expect(lost[0]).toBeInstanceOf(TypeError);
});

test("what waits for the disk counts as unread and fills the box, and so it does at a client that does not read", async () => {
	const deaf = new Duplex({ highWaterMark: 8, read: () => undefined, write: () => undefined });
	const { out, say, disk, settled } = outbox(deaf);
	let drained = 0;
	out.drained$.subscribe(() => {
		drained += 1;
	});
	const sync = Promise.withResolvers<void>();
	disk.due = sync.promise;
	say("1234");
	expect([out.unreadBytes, out.isFull]).toEqual([4, false]);
	say("567");
	expect(out.isFull).toBe(false);
	say("8");
	expect([out.unreadBytes, out.isFull]).toEqual([8, true]);
	sync.resolve();
	disk.due = undefined;
	await settled();
	expect([out.unreadBytes, out.isFull, drained]).toEqual([8, true, 0]);
});

test("who waits for room is told of it as soon as the disk has let the lines go to a stream that takes more", async () => {
	const { out, say, read, disk, settled } = outbox();
	read();
	let drained = 0;
	out.drained$.subscribe(() => {
		drained += 1;
	});
	const sync = Promise.withResolvers<void>();
	disk.due = sync.promise;
	say("a");
	say("b");
	sync.resolve();
	await settled();
	expect(drained).toBe(1);
	expect(out.unreadBytes).toBe(0);
});
