import { once } from "node:events";
import { generate } from "selfsigned";
import { describe, expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { Secret } from "../../src/model/secret.ts";
import type { Facts } from "../../src/pay/wire.ts";
import { lastWords, opened, post, stranger } from "./postback-kit.ts";
import { accepted, authorization, password, transactionId } from "./postback-shop.ts";

const body = JSON.stringify({ ...accepted, requestId: "the server's own" });
const unread = () => undefined;

describe("a postback", () => {
	test("reaches the one who waits, and the server hears that it need not come again", async () => {
		await using server = await opened();
		const heard: Facts[] = [];
		server.posted.listen(transactionId, (facts) => heard.push(facts));
		expect(await post(server.port, { body })).toMatchObject({ status: 200, body: "heard" });
		expect(heard).toEqual([accepted]);
	});

	test("comes over https as well, with the till's certificate", async () => {
		const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
			keyType: "ec",
			curve: "P-256",
			extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
		});
		await using server = await opened({}, { cert, key: new Secret(key) });
		server.posted.listen(transactionId, unread);
		expect(await post(server.port, { body, ca: cert })).toMatchObject({ status: 200 });
		const plain = await stranger(server.port, "GET / HTTP/1.1\r\n\r\n");
		expect(await lastWords(plain)).not.toContain("HTTP/1.1 2");
		expect(server.lines).toContainEqual(expect.objectContaining({ message: "postbacks: TLS failed" }));
	});

	test("that comes before the till waits for it is asked for again, and is not lost", async () => {
		await using server = await opened();
		expect(await post(server.port, { body })).toMatchObject({ status: 404, body: "unknown" });
		const heard = await new Promise<Facts>((resolve) => server.posted.listen(transactionId, resolve));
		expect(heard).toEqual(accepted);
	});

	test("that comes late or twice is not asked for again", async () => {
		await using server = await opened();
		const stop = server.posted.listen(transactionId, () => stop());
		expect(await post(server.port, { body })).toMatchObject({ status: 200, body: "heard" });
		expect(await post(server.port, { body })).toMatchObject({ status: 200, body: "late" });
	});

	test("that a listener fails on is broken off, and the next one is taken", async () => {
		await using server = await opened();
		const stop = server.posted.listen(transactionId, () => {
			throw new FaultError("internal-failure");
		});
		await expect(post(server.port, { body })).rejects.toThrow();
		expect(server.lines).toContainEqual(expect.objectContaining({ message: "a postback failed" }));
		stop();
		expect(await post(server.port, { body })).toMatchObject({ status: 200 });
	});
});

describe("whoever is not the server", () => {
	test.each([
		["no password", { headers: { authorization: "" } }, 401],
		["another path", { path: "/" }, 404],
		["another method", { method: "PUT" }, 405],
		["a body without sense", { body: "{" }, 422],
		["a body that is too long", { body: `{"a":"${"x".repeat(5_000)}"}` }, 413],
	] as const)("is told what is wrong: %s", async (_, sent, status) => {
		await using server = await opened();
		server.posted.listen(transactionId, () => expect.unreachable());
		expect(await post(server.port, { body, ...sent })).toMatchObject({ status });
	});

	test("is told how to come in, and by which method", async () => {
		await using server = await opened();
		const unknown = await post(server.port, { body, headers: { authorization: "" } });
		expect(unknown.headers).toMatchObject({
			"www-authenticate": 'Basic realm="kassad"',
			connection: "close",
		});
		expect((await post(server.port, { method: "GET" })).headers).toMatchObject({ allow: "POST" });
	});

	test("may guess a thousand times and fills neither the log nor the way", async () => {
		const server = await opened();
		server.posted.listen(transactionId, unread);
		for (let round = 0; round < 100; round += 1) {
			const guesses = Array.from({ length: 10 }, (_, index) => authorization(`guess-${round}-${index}`));
			const answers = await Promise.all(
				guesses.map((guess) => post(server.port, { body, headers: { authorization: guess } })),
			);
			expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(401));
		}
		expect(await post(server.port, { body })).toMatchObject({ status: 200 });
		await server.close();
		const warnings = server.lines.filter(({ level }) => level === "warn");
		expect(warnings).toEqual([
			{ level: "warn", message: "postback refused", from: "127.0.0.1", status: 401 },
			{ level: "warn", message: "postback refused", unsaid: 999 },
		]);
		expect(server.lines.filter(({ level }) => level === "debug")).toHaveLength(1);
		expect(JSON.stringify(server.lines)).not.toMatch(new RegExp(`guess|${password.reveal()}`));
	});

	test("does not get a canary of a body into the log", async () => {
		await using server = await opened();
		const canary = "canary-4417";
		await post(server.port, { body: `{"${canary}":"${canary}"` });
		await post(server.port, { body: JSON.stringify({ transactionId: canary, status: canary }) });
		await lastWords(await stranger(server.port, `${canary} / ${canary}\r\n\r\n`));
		expect(server.lines.filter(({ level }) => level === "warn")).toHaveLength(3);
		expect(JSON.stringify(server.lines)).not.toContain(canary);
	});
});

test("a port that is taken is told with what to do", async () => {
	await using first = await opened();
	await expect(opened({ port: first.port })).rejects.toThrow(
		`config-invalid: cannot listen for postbacks on 127.0.0.1, port ${first.port}: EADDRINUSE; another program`,
	);
});

test("an address of another machine is told with what to do", async () => {
	await expect(opened({ host: "192.0.2.1" })).rejects.toThrow("change payApi.postback.host");
});

test("closing waits for nobody, not even for one in the middle of a postback", async () => {
	const server = await opened();
	const slow = await stranger(
		server.port,
		"POST /postback HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
	);
	await post(server.port, { body });
	const cut = once(slow, "close");
	await server.close();
	await cut;
	await expect(post(server.port, { body })).rejects.toThrow("ECONNREFUSED");
});
