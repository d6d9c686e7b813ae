import { expect, test } from "vitest";
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
