import type { Socket } from "node:net";
import { userInfo } from "node:os";
import { expect, test } from "vitest";
import type { Channel } from "../../src/pos/channel.ts";
import { receiveUser } from "../../src/pos/unix.ts";
import { openCounter, rawClient } from "./counter.ts";

const { uid } = userInfo();

test("a user of the list comes in, and the log has his name", async () => {
	const { path, logged } = await openCounter({}, {}, undefined, new Map([[uid, "cashier"]]));
	const client = await rawClient(path);
	client.ask(1, "ping");
	expect(await client.next()).toMatchObject({ id: 1 });
	expect(logged.map((line) => JSON.parse(line))).toContainEqual(
		expect.objectContaining({ msg: "client let in", transport: "unix", user: "cashier" }),
	);
});

test("another user is told why not, although the mode of the file lets him", async () => {
	const { path, logged } = await openCounter({}, {}, undefined, new Map([[uid + 1, "cashier"]]));
	const client = await rawClient(path);
	expect(await client.next()).toMatchObject({
		id: null,
		error: { data: { fault: "not-allowed", detail: expect.stringContaining(`user ${uid} may not connect`) } },
	});
	await client.closed;
	expect(logged.join("")).toContain("a client was turned away");
});

test("nobody comes in of whom the system does not tell who he is", () => {
	const turned: string[] = [];
	const reception = {
		welcome: () => void turned.push("welcome"),
		turnAway: (_: Channel, { message }: Error) => void turned.push(message),
	};
	const guard = { users: new Map([[uid, "cashier"]]), userOf: () => undefined };
	receiveUser(reception, {} as Channel, {} as Socket, guard);
	expect(turned).toEqual(["not-allowed: nobody tells which user connects: socket.allowedUsers says who may"]);
});
