import { expect, test } from "vitest";
import { json } from "./server.ts";
import { answerMs, shop } from "./shop.ts";

test("5 MB of JSON are cut off and leave the request unanswered", async () => {
	const { client, server } = await shop(json({ status: "accepted", padding: "x".repeat(5_000_000) }));
	expect(await client.call("checkout", {}, {})).toEqual({
		kind: "unanswered",
		fault: "server-answer-unreadable",
		detail: "FaultError: server-answer-unreadable: more than 65536 bytes",
	});
	expect(server.heard).toHaveLength(1);
});

test("JSON that breaks off leaves the request unanswered", async () => {
	const { client } = await shop((response) => {
		response.writeHead(200, { "content-length": 100 });
		response.write('{"status":"acc', () => response.destroy());
	});
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered", fault: "server-silent" });
});

test("a connection reset after the request arrived leaves it unanswered, and it is not repeated behind our back", async () => {
	const { client, server } = await shop((response) => response.destroy());
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered", fault: "server-silent" });
	expect(server.heard).toHaveLength(1);
});

test("an answer that has not come within the deadline leaves the request unanswered", async () => {
	const { client } = await shop(() => undefined, answerMs(100));
	expect(await client.call("checkout", {}, {})).toEqual({
		kind: "unanswered",
		fault: "server-silent",
		detail: "no whole answer within 100 ms",
	});
});

test("an answer that trickles byte by byte does not outlive the deadline", async () => {
	const { client } = await shop((response) => {
		const drops = setInterval(() => response.write(" "), 20);
		response.on("close", () => clearInterval(drops));
	}, answerMs(150));
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered", fault: "server-silent" });
});

test("a request that is given up while it waits for a connection never leaves", async () => {
	const { client, server } = await shop(() => undefined, { connections: 1, ...answerMs(300) });
	const first = client.call("status", { first: true }, {});
	const givenUp = new AbortController();
	const second = client.call("checkout", { second: true }, { signal: givenUp.signal });
	givenUp.abort("kassad is stopping");
	expect(await second).toMatchObject({ kind: "not-sent", detail: "kassad is stopping" });
	expect(await first).toMatchObject({ kind: "unanswered" });
	await client.call("status", { third: true }, {});
	expect(server.heard.map(({ body }) => body)).toEqual(['{"first":true}', '{"third":true}']);
});

test("a request that is given up after it left is unanswered", async () => {
	const givenUp = new AbortController();
	const { client } = await shop(() => givenUp.abort("kassad is stopping"));
	expect(await client.call("checkout", {}, { signal: givenUp.signal })).toMatchObject({ kind: "unanswered" });
});
