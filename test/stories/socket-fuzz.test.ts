import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import type { OpenRpc } from "../pos/described.ts";
import { logLine } from "./log-lines.ts";
import {
	admitted,
	closing,
	gone,
	heapMebibytes,
	memoryOf,
	openRoads,
	operationsOf,
	request,
	sayAll,
} from "./socket-fuzz-kit.ts";
import type { Heard, Road } from "./socket-roads.ts";
import { type Wrong, wrongParams } from "./wrong-params.ts";

/** By how much the process may have grown, bytes: its heap, what 8 clients leave unread, messages on their way. */
const mostGrowthBytes = (heapMebibytes + 128) * 1_048_576;

/** For a machine that does much else beside. */
const patienceMs = 120_000;

let stage: Stage;
let roads: readonly Road[];
let wrong: readonly Wrong[];
let memoryBefore: number;

beforeAll(async () => {
	({ stage, roads } = await openRoads());
	wrong = wrongParams((await stage.pos.ask("rpc.discover")) as OpenRpc);
	memoryBefore = memoryOf(stage);
}, 60_000);
afterAll(() => stage.strike());

/** Whatever has been done to it: it serves, on every road; it holds no more; it has begun nothing; and nothing is amiss. */
afterEach(async () => {
	expect(await stage.pos.call("hello", { client: "a story" })).toMatchObject({ name: "kassad" });
	for (const road of roads) {
		await (await admitted(road)).vanish();
	}
	expect(memoryOf(stage) - memoryBefore).toBeLessThan(mostGrowthBytes);
	expect(operationsOf(stage)).toBe(0);
	expect(stage.daemon.log.filter((line) => /"level":"(error|fatal)"|unexpected failure/.test(line))).toEqual(
		[],
	);
});

/** Does the same on every road. */
async function onEachRoad(deed: (road: Road) => Promise<void>): Promise<void> {
	for (const road of roads) await deed(road);
}

/** Fewer than the unreadable lines after which kassad hangs up. */
const mostNonsense = 12;
/** Fewer than the requests of one client that kassad works on at once. */
const atOnce = 25;

const refusedAsWrong = { code: -32_602, data: { fault: "request-invalid", moneyMoved: "no" } };
const halfLine = '{"jsonrpc":"2.0","id":1,"method":"hel';

const lines = [
	request(1, "hello", { client: "я" }),
	request("a", "pay.start", { key: "k", scanId: "s", orderId: "1", totalAmount: 1, items: [{ name: "x" }] }),
	request(2, "refund.start", { key: "k", operationId: "o", parts: [{ position: 0, quantity: 1 }] }),
	request(3, "operation.get", { key: "k" }),
];

/** A line with a few of its characters turned into others, cut out or doubled. */
const broken = fc
	.tuple(
		fc.constantFrom(...lines),
		fc.array(
			fc.tuple(fc.nat(200), fc.constantFrom("", "{", "}", "[", '"', "\\", "\\u", "e", "\u0000", "\ud83d")),
			{
				minLength: 1,
				maxLength: 6,
			},
		),
	)
	.map(([line, changes]) =>
		changes.reduce((text, [at, by]) => `${text.slice(0, at)}${by}${text.slice(at + 1)}`, line),
	);

test(
	"broken JSON: two thousand lines that are none, or that have lost their meaning",
	async () => {
		const texts = fc.sample(fc.oneof(broken, fc.string({ unit: "binary" }), fc.json()), {
			numRuns: 2_000,
			seed: 1,
		});
		await onEachRoad((road) => sayAll(road, texts, mostNonsense));
	},
	patienceMs,
);

test(
	"wrong types: what the document does not allow is refused as such, by every method",
	async () => {
		await onEachRoad(async (road) => {
			const peer = await admitted(road);
			for (let from = 0; from < wrong.length; from += atOnce) {
				const some = wrong.slice(from, from + atOnce);
				for (const [id, { method, params }] of some.entries()) await peer.say(request(id, method, params));
				const answers: Heard[] = [];
				for (const _ of some) answers.push((await peer.heard()) ?? {});
				for (const [id, { method, params }] of some.entries()) {
					const { error } = answers.find((answer) => answer.id === id) ?? {};
					expect([method, params, error]).toMatchObject([method, params, refusedAsWrong]);
				}
			}
			await peer.vanish();
		});
	},
	patienceMs,
);

test(
	"deep nesting: in place of a message, an id, the parameters, and inside of them",
	async () => {
		const depth = 200_000;
		const wells = [
			`${"[".repeat(depth)}${"]".repeat(depth)}`,
			`${'{"a":'.repeat(depth / 2)}1${"}".repeat(depth / 2)}`,
		];
		const texts = wells.flatMap((well) => [
			well,
			"[".repeat(depth),
			`{"jsonrpc":"2.0","id":${well},"method":"hello","params":{}}`,
			...["hello", "pay.start", "receipt.send", "print.list", "events.subscribe", "rpc.discover"].flatMap(
				(method) => [
					`{"jsonrpc":"2.0","id":1,"method":"${method}","params":${well}}`,
					`{"jsonrpc":"2.0","id":1,"method":"${method}","params":{"client":${well},"key":${well}}}`,
				],
			),
			`{"jsonrpc":"2.0","id":1,"method":"receipt.send","params":{"key":"k","operationId":"o","meta":{"a":${well}}}}`,
		]);
		await onEachRoad((road) => sayAll(road, texts, mostNonsense));
	},
	patienceMs,
);

test(
	"floods: a message without end, messages just under the bound, and thousands at once",
	async () => {
		const big = "x".repeat(1_000_000);
		const floods = [
			Array(20).fill(`${big}${big}`),
			Array(20).fill(request(big, "hello", {})),
			Array(20).fill(request(1, big, {})),
			Array(20).fill(request(1, "hello", { client: big })),
			Array(20_000).fill(request(1, "hello", { client: "flood" })),
			Array(20_000).fill('{"jsonrpc":"2.0","method":"hello"}'),
			Array(2_000).fill(request(1, "events.subscribe", { since: 0 })),
		];
		await onEachRoad(async (road) => {
			for (const flood of floods) await sayAll(road, flood, flood.length);
		});
	},
	patienceMs,
);

test(
	"slow readers: who asks for much and reads nothing is cut off, each of them",
	async () => {
		await onEachRoad(async (road) => {
			const peers = [await admitted(road), await admitted(road), await admitted(road), await admitted(road)];
			await Promise.all(
				peers.map(async (peer) => {
					while (!peer.hasEnded) await peer.say(request(1, "rpc.discover", {}));
					await peer.vanish();
				}),
			);
		});
		await logLine(stage.daemon, "client cut off", { why: "it does not read" });
	},
	patienceMs,
);

test(
	"ten thousand connects: some say nothing, some half a line, some their whole wish, and go",
	async () => {
		await onEachRoad(async (road) => {
			for (let round = 0; round < 10_000 / roads.length / atOnce; round += 1) {
				await Promise.all(
					Array.from({ length: atOnce }, async (_, index) => {
						const socket = await road.knock();
						if (index % 3 === 1) socket.write(halfLine);
						if (index % 3 === 2) socket.write(`${lines[1]}\n`);
						await gone(road, socket);
					}),
				);
				// The system keeps those that kassad has not taken yet, but not for ever.
				await stage.pos.call("ping");
			}
		});
	},
	patienceMs,
);

test(
	"half-open peers: who stops in the middle of a line keeps nobody from being served",
	async () => {
		await onEachRoad(async (road) => {
			const silent = [await admitted(road), await admitted(road)];
			const halves = await Promise.all(Array.from({ length: 8 }, () => road.knock()));
			const ended = halves.map(async (socket, index) => {
				const closed = closing(socket);
				socket.write(halfLine);
				socket.resume();
				// Kassad hangs up on who has said all, and where it does not know who it is also on who stays.
				if (index % 2 === 0) socket.end();
				if (index % 2 === 0 || road.wantsToken) await closed;
			});
			await (await admitted(road)).vanish();
			await Promise.all(ended);
			for (const peer of silent) await peer.vanish();
			for (const socket of halves) socket.destroy();
		});
	},
	patienceMs,
);
