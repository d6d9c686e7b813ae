import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectPos } from "../../src/client/pos-client.ts";
import type { Clock } from "../../src/model/clock.ts";
import { openCounter, temporaryFolder } from "../pos/counter.ts";

/** A clock that stands until it is moved, and keeps those who sleep on it apart by their time. */
function handClock() {
	const sleepers: { readonly ms: number; wake(): void }[] = [];
	const clock: Clock = {
		now: () => 0,
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				sleepers.push({ ms, wake: resolve });
				signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
			}),
	};
	/** Those who wanted to sleep for so long wake up. */
	const pass = async (ms: number) => {
		for (const sleeper of sleepers.splice(0)) {
			if (sleeper.ms === ms) sleeper.wake();
			else sleepers.push(sleeper);
		}
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { clock, pass };
}

test("a client that wants a heartbeat pings, and a kassad that answers is there for ever", async () => {
	const { path, logged } = await openCounter();
	const { clock, pass } = handClock();
	const client = await connectPos(path, { heartbeatMs: 5_000, clock });
	onTestFinished(() => client.close());
	const pings: string[] = [];
	for (let beat = 0; beat < 10; beat += 1) {
		await pass(5_000);
		pings.push((await client.call("ping")).at);
	}
	expect(pings).toHaveLength(10);
	expect(await Promise.race([client.closed, "open"])).toBe("open");
	expect(logged.join()).not.toContain("cut off");
});

test("a kassad that says nothing for three beats is given up", async () => {
	const path = join(temporaryFolder(), "deaf.sock");
	const heard: string[] = [];
	const deaf = createServer((socket) => {
		socket.once("data", () => socket.write('{"jsonrpc":"2.0","id":1,"result":{}}\n'));
		socket.on("error", () => undefined).on("data", (piece) => heard.push(`${piece}`));
	}).listen(path);
	onTestFinished(() => void deaf.close());
	await once(deaf, "listening");
	const { clock, pass } = handClock();
	const client = await connectPos(path, { heartbeatMs: 5_000, clock });
	await pass(5_000);
	await pass(5_000);
	await pass(5_000);
	expect(await Promise.race([client.closed, "open"])).toBe("open");
	await pass(5_000);
	expect((await client.closed).message).toBe("kassad has said nothing for 15000 ms");
	expect(heard.join("")).toContain('"method":"ping"');
});
