import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "../../src/stores/answer.ts";
import { type Sent, sendStores } from "../../src/stores/send.ts";
import { storesInFile } from "./kit.ts";

const accepted: Answer = { kind: "accepted", json: undefined };
const refused: Answer = { kind: "refused", fault: "unlisted-refusal", detail: "HTTP 422 X" };
const locked: Answer = { kind: "refused", fault: "credentials-refused", detail: "HTTP 401" };
const lost: Answer = { kind: "unknown", fault: "server-silent", detail: "reset" };
const unreached: Answer = { kind: "not-sent", fault: "server-unreachable", detail: "refused" };

/** Sends `count` stores by twos to a server that gives these answers, then accepts. */
async function send(count: number, answers: readonly Answer[], stop = new AbortController()) {
	const requests: string[][] = [];
	const told: number[] = [];
	const api = {
		send: async (_: "add" | "update", stores: readonly { storeNumber: string }[]) => {
			requests.push(stores.map(({ storeNumber }) => storeNumber));
			return answers[requests.length - 1] ?? accepted;
		},
	};
	const tell = (sent: readonly Sent[]) => void told.push(sent.length);
	const options = { mostPerRequest: 2, stop: stop.signal, tell };
	const sent = await sendStores(api, "add", storesInFile(count), options);
	return { requests, told, outcomes: sent.map(({ outcome }) => outcome), sent };
}

test("stores go in the file's order, no more in a request than allowed, and progress is told", async () => {
	const { requests, told, outcomes } = await send(5, []);
	expect(requests).toEqual([["1", "2"], ["3", "4"], ["5"]]);
	expect(told).toEqual([2, 4, 5]);
	expect(outcomes).toEqual(["accepted", "accepted", "accepted", "accepted", "accepted"]);
});

test("a refusal is of all stores in its request, and the others go on", async () => {
	const { outcomes, sent } = await send(5, [accepted, refused]);
	expect(outcomes).toEqual(["accepted", "accepted", "refused", "refused", "accepted"]);
	expect(sent[2]?.trouble).toEqual({ fault: "unlisted-refusal", detail: "HTTP 422 X" });
});

test.each([
	["whose answer is lost", lost, "unknown"],
	["that cannot reach the server", unreached, "not-sent"],
	["that would be refused for ever", locked, "refused"],
] as const)("after a request %s nothing more is sent", async (_, answer, outcome) => {
	const { requests, outcomes, sent } = await send(5, [accepted, answer]);
	expect(requests).toHaveLength(2);
	expect(outcomes).toEqual(["accepted", "accepted", outcome, outcome, "not-sent"]);
	expect(sent[4]).not.toHaveProperty("trouble");
});

test("who stops it between two requests has the outcome of those that were sent", async () => {
	const stop = new AbortController();
	stop.abort();
	const { requests, outcomes } = await send(2, [], stop);
	expect([requests, outcomes]).toEqual([[], ["not-sent", "not-sent"]]);
});

test("every store has one outcome, and accepted are those whose request was", async () => {
	const answers = fc.array(fc.constantFrom(accepted, refused, locked, lost, unreached));
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 0, max: 20 }), answers, async (count, given) => {
			const { requests, sent } = await send(count, given);
			expect(sent.map(({ store }) => store.storeNumber)).toEqual(
				storesInFile(count).map(({ store }) => store.storeNumber),
			);
			const taken = requests.filter((_, index) => (given[index] ?? accepted).kind === "accepted").flat();
			const told = sent.filter(({ outcome }) => outcome === "accepted");
			expect(told.map(({ store }) => store.storeNumber)).toEqual(taken);
		}),
	);
});
