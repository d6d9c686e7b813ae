import { generate } from "selfsigned";
import { describe, expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { Secret } from "../../src/model/secret.ts";
import { boundedServer, listenOn } from "../../src/pay/postback-server.ts";
import { lastWords, opened, post, type Server, stranger } from "./postback-kit.ts";
import { accepted, authorization, postbackShop, transactionId } from "./postback-shop.ts";

const body = JSON.stringify(accepted);
const slow = { requestMs: 100 };
const head = `POST /postback HTTP/1.1\r\nHost: till\r\nAuthorization: ${authorization()}\r\n`;

/** All is well after whatever was done to it. */
async function expectUnharmed({ posted, port }: Server): Promise<void> {
	posted.listen(transactionId, () => undefined);
	expect(await post(port, { body })).toMatchObject({ status: 200, body: "heard" });
}

describe("cut off is a sender", () => {
	test.each([
		["who says nothing", ""],
		["who does not end the head", head],
		["who does not end the body, though he knows the password", `${head}Content-Length: 99\r\n\r\n{`],
		["who does not end a body of pieces", `${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`],
		["who does not end what is refused anyway", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n"],
	])("%s", async (_, says) => {
		await using server = await opened(slow);
		expect(await lastWords(await stranger(server.port, says))).toBe("");
		await expectUnharmed(server);
	});

	test("who does not finish TLS's handshake", async () => {
		const { cert, private: key } = await generate([{ name: "commonName", value: "till" }], {
			keyType: "ec",
			curve: "P-256",
		});
		await using server = await opened(slow, { cert, key: new Secret(key) });
		expect(await lastWords(await stranger(server.port, "\x16\x03\x01"))).toBe("");
	});

	test("who has told something and keeps the line", async () => {
		await using server = await opened({ idleMs: 100 });
		const idle = await stranger(server.port, `${head}Content-Length: ${body.length}\r\n\r\n${body}`);
		expect(await lastWords(idle)).toMatch(/^HTTP\/1.1 404 .*unknown$/s);
	});

	test("who asks on and on without the password", async () => {
		await using server = await opened();
		const asks = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100);
		expect((await lastWords(await stranger(server.port, asks))).match(/HTTP\/1.1/g)).toHaveLength(1);
	});
});

describe("refused at once is", () => {
	test.each([
		["what is not HTTP", "\x00\xff\x00garbage\r\n\r\n"],
		["a head without end", `${head}X: ${"x".repeat(100_000)}`],
		["a head of many lines", `${head}${"X: x\r\n".repeat(2_000)}`],
		["two lengths of a body", `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`],
		["a length beside pieces", `${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
		["a piece of no length", `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
	])("%s", async (_, says) => {
		await using server = await opened();
		expect(await lastWords(await stranger(server.port, says))).toBe("");
		expect(server.lines).toContainEqual(expect.objectContaining({ level: "warn", code: expect.any(String) }));
		await expectUnharmed(server);
	});

	test("a body without end, as soon as it is too long", async () => {
		await using server = await opened();
		const flood = await stranger(server.port, `${head}Transfer-Encoding: chunked\r\n\r\n`);
		const words = lastWords(flood);
		flood.write(`1001\r\n${"x".repeat(0x1001)}\r\n`);
		expect(await words).toMatch(/^HTTP\/1.1 413 /);
		await expectUnharmed(server);
	});
});

test("a connection that the system cannot accept does not end the till", async () => {
	const counted: string[] = [];
	const knocks = { count: (what: string) => counted.push(what) };
	const server = boundedServer(postbackShop, undefined, knocks, () => undefined);
	const close = await listenOn(server, postbackShop, knocks);
	server.emit("error", new FaultError("internal-failure"));
	expect(counted).toEqual(["postbacks: a connection could not be accepted"]);
	await close();
});

test("a hundred connections leave no more than the settings allow", async () => {
	await using server = await opened({ mostConnections: 16 });
	const strangers = await Promise.all(Array.from({ length: 100 }, () => stranger(server.port)));
	let turnedAway = 0;
	await new Promise<void>((resolve) => {
		const count = () => {
			turnedAway += 1;
			if (turnedAway === 84) resolve();
		};
		for (const socket of strangers) {
			socket.resume();
			if (socket.closed) count();
			else socket.once("close", count);
		}
	});
	const inside = strangers.filter(({ destroyed }) => !destroyed);
	expect(inside).toHaveLength(16);
	expect(server.lines.filter(({ level }) => level === "warn")).toEqual([
		{ level: "warn", message: "postbacks: too many connections" },
	]);
	const [one] = inside;
	one?.write(`${head}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
	expect(await lastWords(one as (typeof strangers)[number])).toMatch(/^HTTP\/1.1 404 .*unknown$/s);
	for (const socket of inside) socket.destroy();
});
