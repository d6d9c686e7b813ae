import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { memoryFeed, openCounter } from "../pos/counter.ts";

const program = join(import.meta.dirname, "../../hardware-mocks/pos-client.ts");

const run = (...args: string[]) =>
	promisify(execFile)(process.execPath, [program, ...args]).then(
		({ stdout }) => ({ code: 0, stdout, stderr: "" }),
		(error: { code: number; stdout: string; stderr: string }) => error,
	);

test("the program prints the answer, and the refusal with the cashier's message", async () => {
	const { path } = await openCounter();
	const asked = await run("--socket", path, "hello", '{"client":"me"}');
	expect(asked.code).toBe(0);
	expect(JSON.parse(asked.stdout)).toMatchObject({ name: "kassad" });
	const refused = await run("--socket", path, "pay.start", "{}");
	expect(refused.code).toBe(1);
	expect(JSON.parse(refused.stdout)).toMatchObject({
		fault: "request-invalid",
		moneyMoved: "no",
		cashier: { title: "title of request-invalid" },
	});
});

test("the program explains itself, and what is wrong with its command line", async () => {
	expect(await run("--help")).toMatchObject({
		code: 0,
		stdout: expect.stringContaining("--socket PATH METHOD"),
	});
	expect(await run("hello")).toMatchObject({
		code: 2,
		stderr: expect.stringContaining("--socket PATH METHOD"),
	});
	expect(await run("--sock", "x")).toMatchObject({ code: 2, stderr: expect.stringContaining("--sock") });
	expect(await run("--socket", "/no/such.sock", "hello")).toMatchObject({
		code: 1,
		stderr: expect.stringContaining("ENOENT"),
	});
	expect(await run("--socket", "/no/such.sock", "hello", "{oops")).toMatchObject({ code: 2 });
});

test("the program prints events as they come, until the connection ends", async () => {
	const feed = memoryFeed();
	const { path, server } = await openCounter({}, {}, feed);
	feed.append({ what: "old" });
	const child = spawn(process.execPath, [program, "--socket", path, "events.subscribe", '{"since":0}']);
	const exited = once(child, "exit");
	let printed = "";
	for await (const piece of child.stdout.setEncoding("utf8")) {
		printed += piece;
		if (printed.includes('"what": "old"') && feed.lastSeq() === 1) feed.append({ what: "new" });
		if (printed.includes('"what": "new"')) await server.close();
	}
	expect(await exited).toEqual([0, null]);
});
