import { expect, test } from "vitest";
import type { Rooms } from "../../src/rooms.ts";
import { replies, saleOf, standAtCounter } from "./counter-kit.ts";

/** The answer of a server, in the wire's own names. */
const lists = (...available: [paymentType: string, available: boolean][]) =>
	replies({
		kind: "answer",
		status: 200,
		json: {
			koshelekPayIsDefault: true,
			paymentTypeAvailabilityInfoList: available.map(([paymentType, isThere]) => ({
				paymentType,
				available: isThere,
			})),
		},
	});

/** A question with a card that was just scanned. */
function ask(server: Rooms["client"]["call"] | undefined, change: object = {}) {
	const counter = standAtCounter(server && { server });
	counter.scan("scan 1");
	const answer = counter.methods["pay.providers"]({ scanId: "scan 1", ...saleOf("a"), ...change });
	return { ...counter, answer };
}

test("the ways to pay are told, those that the settings list", async () => {
	const { answer, journal } = ask(lists(["SBP", true], ["DOLYAME", false], ["BARTER", true]));
	expect(await answer).toEqual({
		isDefault: true,
		providers: [
			{ paymentType: "SBP", available: true },
			{ paymentType: "DOLYAME", available: false },
		],
	});
	expect(journal.find({ orderId: "order a" })).toBeUndefined();
});

test("when none is available the cashier is told so, and it is no error", async () => {
	const { answer } = ask(lists(["SBP", false]));
	expect(await answer).toMatchObject({
		isDefault: false,
		fault: "no-provider-available",
		cashier: { title: "no-provider-available" },
	});
});

test.each([
	["silence", undefined, "providers-unknown"],
	["an answer that is not one", replies({ kind: "answer", status: 200, json: {} }), "providers-unknown"],
	[
		"a refusal of a gateway",
		replies({ kind: "refusal", fault: "credentials-refused", detail: "401" }),
		"providers-unknown",
	],
	[
		"a refusal that the cashier can act upon",
		replies({ kind: "refusal", fault: "session-unknown", wireCode: "UNKNOWN_SESSION_ID", detail: "422" }),
		"session-unknown: UNKNOWN_SESSION_ID",
	],
])(
	"a question that fails by %s is an error, and the scan can still be paid with",
	async (_, server, words) => {
		const { answer, start, left } = ask(server);
		await expect(answer).rejects.toThrow(words);
		await start("key 1", "scan 1", "a");
		expect(left).toHaveLength(1);
	},
);

test("a question holds up nobody, and a payment in progress does not hold it up", async () => {
	const { scan, start, methods, left } = standAtCounter();
	scan("scan 1");
	await start("key 1", "scan 1", "a");
	scan("scan 2");
	const second = methods["pay.providers"]({ scanId: "scan 2", ...saleOf("b") });
	await expect(second).rejects.toThrow("providers-unknown");
	expect(left).toHaveLength(1);
});

test("a card that has paid, and one that is not there, is asked nothing about", async () => {
	const { answer, methods, start } = ask(lists(["SBP", true]));
	await answer;
	await start("key 1", "scan 1", "a");
	await expect(methods["pay.providers"]({ scanId: "scan 1", ...saleOf("b") })).rejects.toThrow("scan-used");
	await expect(methods["pay.providers"]({ scanId: "no scan", ...saleOf("b") })).rejects.toThrow("scan-gone");
});

test("an unlisted word is refused before anything is asked", async () => {
	const asked: unknown[] = [];
	const server: Rooms["client"]["call"] = async (call) => {
		asked.push(call);
		return { kind: "unanswered", fault: "server-silent", detail: "" };
	};
	const { answer } = ask(server, { currency: "USD" });
	await expect(answer).rejects.toThrow("request-invalid: currency: expected one of RUB");
	expect(asked).toEqual([]);
});
