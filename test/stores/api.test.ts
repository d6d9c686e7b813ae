import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MockStoreApi, startStoreApi } from "../../hardware-mocks/store-api.ts";
import { systemClock } from "../../src/clock.ts";
import { Secret } from "../../src/model/secret.ts";
import type { StoreApiSettings } from "../../src/model/settings/stores.ts";
import { openStoreApi } from "../../src/stores/api.ts";
import { storeApi, storeOf } from "./kit.ts";

const path = "/api/v1/configuration/brand/store";

/** Pauses are noted instead of waited for; deadlines, which come with a signal, are real. */
function waitingClock() {
	const waits: number[] = [];
	const sleep = async (ms: number, signal?: AbortSignal) => {
		if (signal !== undefined) return systemClock.sleep(ms, signal);
		waits.push(ms);
	};
	return { clock: { ...systemClock, sleep }, waits };
}

let server: MockStoreApi;
beforeEach(async () => {
	server = await startStoreApi({ login: storeApi.login, password: "swordfish" });
});
afterEach(() => server.close());

function open(changed: Partial<StoreApiSettings> = {}, password = "swordfish") {
	const { clock, waits } = waitingClock();
	const settings = { ...storeApi, baseUrl: server.url, ...changed };
	return { api: openStoreApi({ settings, password: new Secret(password), ca: server.caPem }, clock), waits };
}

test("stores are added under the document's path, with the brand, and can be listed", async () => {
	const { api } = open();
	expect(await api.send("add", [storeOf("17")])).toMatchObject({ kind: "accepted" });
	const { brandId } = storeApi;
	expect(server.requests).toEqual([{ method: "POST", path, body: { brandId, stores: [storeOf("17")] } }]);
	expect(await api.list()).toMatchObject({ json: { stores: [{ storeNumber: "17", status: "ACTIVE" }] } });
});

test("methods and paths are the settings', behind the path of the base URL", async () => {
	const calls = { ...storeApi.calls, update: { method: "PATCH", path: "/v2/{brandId}/stores" } } as const;
	const { api } = open({ calls, baseUrl: `${server.url}/gate/` });
	expect(await api.send("update", [storeOf("17")])).toMatchObject({
		kind: "refused",
		fault: "address-not-found",
	});
	expect(server.requests).toMatchObject([{ method: "PATCH", path: `/gate/v2/${storeApi.brandId}/stores` }]);
});

describe("a request whose answer is lost", () => {
	test.each(["cut", "silent"] as const)("(%s) is unknown and is not repeated", async (lost) => {
		server.disturb({ lost });
		const { api } = open({ deadlines: { connectMs: 2_000, answerMs: 300 } });
		expect(await api.send("add", [storeOf("17")])).toMatchObject({ kind: "unknown", fault: "server-silent" });
		expect(server.requests).toHaveLength(1);
		expect(server.storesOf(storeApi.brandId)).toHaveLength(1);
	});

	test("so is one that is longer than what is read", async () => {
		server.disturb({ answer: 200, body: JSON.stringify("a".repeat(2_000)) });
		const { api } = open({ mostAnswerBytes: 1_024 });
		expect(await api.send("add", [storeOf("17")])).toMatchObject({ kind: "unknown" });
	});
});

test("what the server was too busy to take is sent again, when the server wishes and within limits", async () => {
	server.disturb({ answer: 429, headers: { "retry-after": "7" } });
	server.disturb({ answer: 429, headers: { "retry-after": "86400" } });
	const { api, waits } = open();
	expect(await api.send("add", [storeOf("17")])).toMatchObject({ kind: "accepted" });
	expect(waits).toEqual([7_000, storeApi.retry.mostRetryAfterMs]);
});

test("a server that cannot be reached is tried as often as the settings say", async () => {
	const { url } = server;
	await server.close();
	const { api, waits } = open({ baseUrl: url });
	expect(await api.list()).toMatchObject({ kind: "not-sent", fault: "server-unreachable" });
	expect(waits).toEqual([storeApi.retry.waitMs, storeApi.retry.waitMs]);
	server = await startStoreApi({ login: "", password: "" });
});

test("a server that cannot prove who it is gets no request, and no second chance", async () => {
	await server.close();
	server = await startStoreApi({
		login: storeApi.login,
		password: "swordfish",
		certificateFor: "other.example",
	});
	const { api, waits } = open();
	const answer = await api.send("add", [storeOf("17")]);
	expect(answer).toMatchObject({ kind: "not-sent", fault: "server-certificate" });
	expect([server.requests, waits]).toEqual([[], []]);
});

test("a wrong password is a refusal, and stands in no answer", async () => {
	const { api } = open({}, "canary-password");
	const answer = await api.send("add", [storeOf("17")]);
	expect(answer).toMatchObject({ kind: "refused", fault: "credentials-refused" });
	expect(JSON.stringify(answer)).not.toMatch(/canary|Basic/);
});
