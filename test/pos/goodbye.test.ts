import { expect, onTestFinished, test, vi } from "vitest";
import { openCounter, rawClient } from "./counter.ts";

test("a client in the middle of a long message can say all of it and then read why it was refused", async () => {
	const { path } = await openCounter({}, { mostMessageBytes: 1_024 });
	const client = await rawClient(path);
	const broken: Error[] = [];
	client.socket.on("error", (error) => broken.push(error));
	client.socket.pause();
	for (let count = 0; count < 48; count += 1) {
		await new Promise((written) => client.socket.write(Buffer.alloc(65_536, "x"), written));
	}
	client.socket.resume();
	expect(await client.next()).toMatchObject({ error: { data: { fault: "message-too-large" } } });
	expect(broken).toEqual([]);
	await client.closed;
});

test("a client that has said all and does not read its answers does not keep its place for ever", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => void vi.useRealTimers());
	const { path, logged } = await openCounter({}, { mostUnreadBytes: 16_777_216 });
	const client = await rawClient(path);
	client.socket.pause();
	for (let id = 0; id < 40; id += 1) client.ask(id, "rpc.discover", {});
	client.socket.end();
	await vi.waitUntil(() => vi.getTimerCount() > 0);
	const gone = () => logged.some((line) => line.includes("client gone"));
	await vi.advanceTimersByTimeAsync(29_000);
	expect(logged.filter((line) => !line.includes("let in"))).toEqual([]);
	await vi.advanceTimersByTimeAsync(1_000);
	await vi.waitUntil(gone);
});
