import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import type { Providers } from "../../hardware-mocks/pay-api/providers.ts";
import { asked, cashierReads, payApi } from "./flow-kit.ts";
import { logLine } from "./log-lines.ts";
import { type Customer, newCustomer, openShop, payWith, refusal, show } from "./shop.ts";

const sbp = { paymentType: "SBP", available: true };
const dolyame = { paymentType: "DOLYAME", available: false, message: "Недоступно для этой суммы" };

/** The server's ways to pay, which each story sets as it needs them. */
const ways: { -readonly [K in keyof Providers]: Providers[K] } = { list: [sbp, dolyame] };

let stage: Stage;

beforeAll(async () => {
	const calls = { providers: { answerMs: 1_000, attempts: 2 } };
	stage = await openShop({ providers: ways }, payApi({ calls }));
}, 60_000);

afterAll(() => stage.strike());

/** What the POS program hears of the ways to pay of a customer whose server has these. */
async function askWays(own: Partial<Providers>, customer = newCustomer()) {
	Object.assign(ways, { isDefault: false, promised: undefined, list: [sbp, dolyame] }, own);
	const scan = await show(stage, customer);
	return {
		customer,
		scan,
		answer: stage.pos.call("pay.providers", questionOf(customer, `${scan.body.scanId}`)),
	};
}

function questionOf({ basket }: Customer, scanId: string) {
	const { paymentTypes: _, ...purchase } = basket;
	return { scanId, ...purchase };
}

test("the ways to pay are told at once, and one of them pays with the same scan", async () => {
	const { customer, scan, answer } = await askWays({});
	expect(await answer).toEqual({ isDefault: false, providers: [sbp, dolyame] });
	await payWith(stage, customer, scan);
});

test("a customer who wants Koshelek Pay without being asked is told as such", async () => {
	const { answer } = await askWays({ isDefault: true });
	expect(await answer).toMatchObject({ isDefault: true });
});

test("no way to pay is available: the cashier is told to take the payment another way", async () => {
	const { answer } = await askWays({ isDefault: true, list: [{ ...sbp, available: false }, dolyame] });
	expect(await answer).toMatchObject({
		isDefault: false,
		fault: "no-provider-available",
		cashier: cashierReads("no-provider-available"),
	});
});

test("a way to pay that the settings do not list is not offered, and the log names it", async () => {
	const { answer } = await askWays({ list: [sbp, { paymentType: "MOONPAY", available: true }] });
	expect(await answer).toEqual({ isDefault: false, providers: [sbp] });
	const told = await logLine(stage.daemon, "ways to pay that payApi.enums.paymentTypes does not list");
	expect(told).toMatchObject({ level: "warn", types: ["MOONPAY"] });
});

test("a list that the server promises is asked for until it is complete", async () => {
	const first = stage.payApi.requests.length;
	const { customer, scan, answer } = await askWays({ isDefault: true, promised: { timeout: 150, polls: 2 } });
	expect(await answer).toEqual({ isDefault: true, providers: [sbp, dolyame] });
	const times = stage.payApi.requests.slice(first).filter(({ call }) => call.startsWith("providers"));
	expect(times.map(({ call }) => call)).toEqual(["providers", ...Array(3).fill("providers-poll")]);
	await payWith(stage, customer, scan);
});

test.each([
	["no answer", { silent: true, times: 2 }],
	["a cut connection", { closeBeforeProcessing: true, times: 2 }],
	["a page of HTML", { html: true, times: 2 }],
	["a server that fails", { status: 503, times: 2 }],
] as const)(
	"with %s the ways to pay are unknown, and the same scan pays all the same",
	async (_, trouble) => {
		stage.payApi.disturb({ on: "providers", ...trouble });
		const { customer, scan, answer } = await askWays({});
		const { data } = await refusal(answer);
		const cashier = cashierReads("providers-unknown");
		expect(data).toMatchObject({ fault: "providers-unknown", moneyMoved: "no", cashier });
		await payWith(stage, customer, scan);
	},
);

test("a question that brings no answer is asked again with the same requestId", async () => {
	const first = stage.payApi.requests.length;
	stage.payApi.disturb({ on: "providers", closeAfterProcessing: true });
	const { answer } = await askWays({});
	expect(await answer).toMatchObject({ providers: [sbp, dolyame] });
	expect(asked(stage, "providers", first).map(({ repeat }) => repeat)).toEqual([false, true]);
});

test("the server has no complaint about any of these questions", () => {
	expect(stage.payApi.complaints).toEqual([]);
});
