import { execFileSync } from "node:child_process";
import {
	closeSync,
	constants,
	createReadStream,
	mkdtempSync,
	openSync,
	readFileSync,
	readSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastValueFrom, toArray } from "rxjs";
import { beforeEach, expect, test } from "vitest";
import { openFile } from "../../src/ports/file.ts";

let path: string;
beforeEach(() => {
	path = join(mkdtempSync(join(tmpdir(), "paper-")), "printer");
});

const fifo = () => execFileSync("mkfifo", [path]);

test("a file grows at its end", async () => {
	writeFileSync(path, "before ");
	const port = await openFile(path);
	await port.write(Buffer.from("one "));
	await port.write(Buffer.from("two"));
	await port.close();
	expect(readFileSync(path, "utf8")).toBe("before one two");
	expect(await port.gone).toMatchObject({ reason: "closed" });
	expect(await lastValueFrom(port.bytes$.pipe(toArray()))).toEqual([]);
});

test("a file that is not there is not made: nobody would read it", async () => {
	await expect(openFile(path)).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringMatching(/ENOENT.*make it with mkfifo, or touch$/),
	});
});

test("a folder is refused", async () => {
	await expect(openFile(tmpdir())).rejects.toMatchObject({
		detail: expect.stringMatching(/this is a folder$/),
	});
});

test("a FIFO that nobody reads is refused at once", async () => {
	fifo();
	await expect(openFile(path)).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "unplugged" },
		detail: expect.stringMatching(/ENXIO.*nobody reads this FIFO/),
	});
});

test("a block that is larger than the FIFO arrives whole, as fast as it is read", async () => {
	fifo();
	const block = Buffer.from(Array.from({ length: 500_000 }, (_, index) => index % 253));
	const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	const port = await openFile(path);
	const writing = port.write(block);
	const received: Buffer[] = [];
	const stream = createReadStream("", { fd: reader, highWaterMark: 3_000 });
	stream.on("data", (bytes) => received.push(Buffer.from(bytes)));
	await writing;
	await port.close();
	await expect.poll(() => Buffer.concat(received).equals(block), { timeout: 20_000 }).toBe(true);
	stream.destroy();
});

test("a reader that ends in the middle of a block rejects the write and ends the port", async () => {
	fifo();
	const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	const port = await openFile(path);
	const writing = expect(port.write(Buffer.alloc(500_000, 1))).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringMatching(/EPIPE.*after \d+ of 500000 bytes$/),
	});
	const some = Buffer.alloc(10);
	while (tryRead(reader, some) === 0) await new Promise(setImmediate);
	closeSync(reader);
	await writing;
	expect(await port.gone).toMatchObject({ reason: "failed" });
});

function tryRead(fd: number, into: Buffer): number {
	try {
		return readSync(fd, into);
	} catch {
		// Nothing there yet.
		return 0;
	}
}
