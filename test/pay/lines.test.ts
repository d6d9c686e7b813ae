import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import type { Exchanged, HttpRequest, Transport } from "../../src/pay/exchange.ts";
import { type Connection, Lines } from "../../src/pay/lines.ts";
import { shop } from "./shop.ts";

const answered: Exchanged = {
	kind: "whole",
	answer: { status: 200, headers: {}, body: new Uint8Array() },
};
const never = new AbortController().signal;

/** Connections that a test opens, and frees one by one. */
function connectionsOf(count: number) {
	const open = new Set<number>();
	const asked: string[] = [];
	const ends = new Map<string, () => void>();
	const connectionOf = (number: number): Connection => ({
		isOpen: () => open.has(number),
		transport: (done) => (request) => {
			const { promise, resolve } = Promise.withResolvers<Exchanged>();
			asked.push(`${request.path} over ${number}`);
			ends.set(request.path, () => {
				resolve(answered);
				done();
			});
			return promise;
		},
	});
	const lines = new Lines(Array.from({ length: count }, (_, number) => connectionOf(number)));
	const request = (path: string): HttpRequest => ({ method: "POST", path, headers: {} });
	return {
		open,
		asked,
		lines,
		/** The connection that carries the request is free again. */
		end: (path: string) => ends.get(path)?.(),
		ask: (path: string, signal = never, startBy = never) => lines.ask(request(path), 1, signal, startBy),
		knockAt: (path: string) => (transport: Transport) =>
			transport(request(path), 1, never, never).then(() => true),
	};
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("each connection carries one request at a time, and the others wait in turn", async () => {
	const { asked, ask, end } = connectionsOf(2);
	const replies = ["a", "b", "c", "d"].map((path) => ask(path));
	expect(asked).toEqual(["a over 0", "b over 1"]);
	end("b");
	await nextTurn();
	end("a");
	await nextTurn();
	expect(asked).toEqual(["a over 0", "b over 1", "c over 1", "d over 0"]);
	end("c");
	end("d");
	expect(await Promise.all(replies)).toEqual([answered, answered, answered, answered]);
});

test("an open connection is taken before one that has yet to be opened", () => {
	const { open, asked, ask } = connectionsOf(3);
	open.add(2);
	void ask("a");
	void ask("b");
	expect(asked).toEqual(["a over 2", "b over 0"]);
});

test.each([
	["is given up", 0],
	["has no time left to start", 1],
])(
	"a request that %s while it waits never reaches a connection, and loses no turn to others",
	async (_, which) => {
		const { asked, ask, end } = connectionsOf(1);
		void ask("a");
		const over = new AbortController();
		const waits = ask("b", which === 0 ? over.signal : never, which === 1 ? over.signal : never);
		const next = ask("c");
		over.abort("enough");
		expect(await waits).toEqual({ kind: "broken", left: false, error: "enough" });
		end("a");
		await nextTurn();
		end("c");
		expect(await next).toEqual(answered);
		expect(asked).toEqual(["a over 0", "c over 0"]);
	},
);

test("a signal that outlives many requests keeps nothing of those that have waited", async () => {
	const { ask, end } = connectionsOf(1);
	const paths = Array.from({ length: 20 }, (_, index) => `${index}`);
	const stop = new AbortController().signal;
	const replies = paths.map((path) => ask(path, stop));
	expect(getEventListeners(stop, "abort")).toHaveLength(19);
	for (const path of paths) {
		end(path);
		await nextTurn();
	}
	await Promise.all(replies);
	expect(getEventListeners(stop, "abort")).toHaveLength(0);
});

test("one that was given up before does not wait", async () => {
	const { ask } = connectionsOf(1);
	void ask("a");
	expect(await ask("b", AbortSignal.abort("enough"))).toMatchObject({ kind: "broken", error: "enough" });
});

test("a request that comes in the moment a connection is handed on waits behind it", async () => {
	const { asked, ask, end } = connectionsOf(1);
	void ask("a");
	void ask("b");
	end("a");
	void ask("c");
	await nextTurn();
	expect(asked).toEqual(["a over 0", "b over 0"]);
	end("b");
	await nextTurn();
	expect(asked.at(-1)).toBe("c over 0");
});

test("a deed in turn takes one free connection at a time, and leaves out what is in use", async () => {
	const { asked, ask, end, lines, knockAt } = connectionsOf(3);
	void ask("a");
	const all = lines.everyInTurn(knockAt("knock"));
	void ask("b");
	expect(asked).toEqual(["a over 0", "knock over 1", "b over 2"]);
	end("knock");
	expect(await all).toBe(true);
	expect(asked).toHaveLength(3);
});

test("a deed in turn reaches all that are free, and ends with the first that says no", async () => {
	const { lines } = connectionsOf(3);
	const verdicts = [true, false, true];
	const done: boolean[] = [];
	const deed = async () => {
		const verdict = verdicts[done.length] === true;
		done.push(verdict);
		return verdict;
	};
	expect(await lines.everyInTurn(deed)).toBe(false);
	expect(done).toEqual([true, false]);
	expect(await lines.everyInTurn(async () => true)).toBe(true);
});

test.each([
	["receipt", "transaction/receipt"],
	["providers", "availability-info/task"],
] as const)(
	"calls of %s that the server is slow with leave a connection to the payments",
	async (call, place) => {
		const arrived = Promise.withResolvers<void>();
		const served = Promise.withResolvers<void>();
		const { client, server } = await shop((response, { path = "" }) => {
			if (path.endsWith(place)) {
				arrived.resolve();
				void served.promise.then(() => response.end("{}"));
			} else {
				response.end("{}");
			}
		});
		const slow = [1, 2, 3].map((number) => client.call(call, { number }, {}));
		await arrived.promise;
		expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "answer" });
		expect(server.heard.map(({ path = "" }) => path.endsWith(place))).toEqual([true, false]);
		served.resolve();
		expect(await Promise.all(slow)).toMatchObject(slow.map(() => ({ kind: "answer" })));
	},
);
