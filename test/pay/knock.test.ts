import { expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Exchanged, HttpRequest, Transport } from "../../src/pay/exchange.ts";
import { knocker } from "../../src/pay/knock.ts";
import type { Lines } from "../../src/pay/lines.ts";
import { shopSettings } from "./settings.ts";
import { openLogbook } from "./shop.ts";

const heard: Exchanged = { kind: "whole", answer: { status: 404, headers: {}, body: new Uint8Array() } };
const refused: Exchanged = { kind: "broken", left: false, error: "connect ECONNREFUSED" };

/** Knocks over `free` connections at a server that does what `answer` says. */
function door(answer: () => Exchanged, free = () => 2) {
	const { log, lines } = openLogbook();
	const knocks: HttpRequest[] = [];
	const connections: Pick<Lines, "everyInTurn"> = {
		everyInTurn: async (deed) => {
			const transport: Transport = async (request) => {
				knocks.push(request);
				return answer();
			};
			for (let number = 0; number < free(); number += 1) if (!(await deed(transport))) return false;
			return true;
		},
	};
	const knock = knocker(connections, shopSettings, log, systemClock);
	return { knocks, lines, knock: (signal = new AbortController().signal) => knock(signal) };
}

test("a knock goes over every free connection and tells nothing of the till; any answer is one", async () => {
	const { knock, knocks } = door(() => heard);
	expect(await knock()).toBe(true);
	const head = { method: "HEAD", path: shopSettings.warm.path, headers: {} };
	expect(knocks).toEqual([head, head]);
});

test("a knock in vain is not repeated over the other connections", async () => {
	const { knock, knocks } = door(() => refused);
	expect(await knock()).toBe(false);
	expect(knocks).toHaveLength(1);
});

test("the log hears of the first knock in vain, and of the first one answered again", async () => {
	const answers = [heard, heard, refused, refused, heard, heard, heard];
	const { knock, lines } = door(() => answers.shift() ?? heard);
	for (let round = 0; round < 4; round += 1) await knock();
	expect(lines).toEqual([
		'warn the Pay API does not answer {"detail":"connect ECONNREFUSED"}',
		"info the Pay API answers again {}",
	]);
});

test("while all connections are in use nothing is known anew", async () => {
	let free = 2;
	const { knock, lines } = door(
		() => refused,
		() => free,
	);
	expect(await knock()).toBe(false);
	free = 0;
	expect(await knock()).toBe(false);
	expect(lines).toHaveLength(1);
});

test("a knock that ends with kassad is no news", async () => {
	const { knock, lines } = door(() => refused);
	await knock(AbortSignal.abort());
	expect(lines).toEqual([]);
});
