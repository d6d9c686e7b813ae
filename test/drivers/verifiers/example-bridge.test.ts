import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

const program = join(import.meta.dirname, "../../../drivers/verifiers/example-bridge.ts");

/** What the program answers to these lines before it ends by itself. */
async function answers(calls: readonly object[]): Promise<unknown[]> {
	const bridge = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
	const ended = once(bridge, "exit");
	bridge.stdin.end(calls.map((call) => `${JSON.stringify(call)}\n`).join(""));
	const lines = (await text(bridge.stdout)).trimEnd().split("\n");
	expect((await ended)[0]).toBe(0);
	return lines.map((line) => JSON.parse(line));
}

const params = {
	brand: "example",
	prefix: "77",
	key: "0123456789abcdef0123456789abcdef",
	interval: 30,
	passLength: 3,
	hash: "HmacSHA256",
	windowSteps: 1,
	keyDerivation: "hmac-prefix-number",
	layouts: [{ prefix: "77", number: { least: 13, most: 13 }, session: { least: 6, most: 6 } }],
	cashFingerPrint: "cpu|board|||1|127.0.0.1|",
};

test("every call is answered under its id, and the program ends with its input", async () => {
	expect(
		await answers([
			{ id: 1, method: "init", params },
			{ id: 2, method: "barcodeVerify", params: { fullBarcode: "4601234567890" } },
			{ id: 3, method: "getToken", params: {} },
			{ id: 4, method: "dance", params: {} },
		]),
	).toEqual([
		{ id: 1, result: {} },
		{ id: 2, result: { resultCode: "CARDSESSION_ABSENT", totpCodeValid: false } },
		{ id: 3, result: { token: expect.stringMatching(/^Y3B1fGJvYXJkfHx8MXwxMjcuMC4wLjF8[0-9]{3}$/) } },
		{ id: 4, error: { code: "UNKNOWN_METHOD" } },
	]);
});

test("before init nothing is answered but that", async () => {
	expect(await answers([{ id: 1, method: "getToken", params: {} }])).toEqual([
		{ id: 1, error: { code: "NOT_INITIALISED" } },
	]);
});
