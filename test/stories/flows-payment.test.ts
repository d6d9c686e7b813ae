import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { asked, begin, cashierReads, endOf, inBooks, payApi, unknownOf } from "./flow-kit.ts";
import { counted, newCustomer, openShop, payOnce, payWith, refusal, show, start } from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop({ giveUpMs: 5_000 }, payApi({ poll: { firstMs: 250, everyMs: 250 } }));
}, 60_000);

afterAll(() => stage.strike());

test("a payment that the customer confirms is settled, journaled with its whole slip, and printed", async () => {
	const operationId = await payOnce(stage);
	const { slip, transactionId } = await stage.pos.call("operation.get", { operationId });
	expect(slip).toMatchObject(inBooks(stage, String(transactionId)).slip ?? {});
});

test("a payment that the bank accepts at once is settled by the answer to its checkout", async () => {
	const first = stage.payApi.requests.length;
	expect(await endOf(stage, await begin(stage, { accept: 0 }))).toMatchObject({ state: "settled" });
	expect(asked(stage, "status", first)).toEqual([]);
});

test.each([
	["NOT_ENOUGH_LIMIT_TO_PAY", "limit-not-enough"],
	["TOTAL_AMOUNT_IS_TOO_SMALL", "amount-too-small"],
	["EXTERNAL_PROVIDER_ERROR", "provider-failed"],
	["SUBSCRIPTION_IS_NOT_FOUND", "subscription-not-found"],
	["PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER", "declined-by-provider"],
	["PAYMENT_ORDER_IS_NOT_FOUND", "payment-order-not-found"],
])("a payment rejected with %s is refused, and the cashier reads why", async (code, fault) => {
	const before = counted(stage);
	const body = await endOf(stage, await begin(stage, { reject: code }));
	const told = { fault, wireCode: code, moneyMoved: "no", cashier: cashierReads(fault) };
	expect(body).toMatchObject({ state: "refused", ...told });
	expect(counted(stage)).toEqual({ ...before, transactions: before.transactions + 1 });
});

test.each([
	["UNKNOWN_SESSION_ID", "session-unknown", "no"],
	["UNKNOWN_TRANSACTION_ID", "transaction-unknown", "no"],
	["UNKNOWN_PARTNER_ID", "partner-unknown", "no"],
	["PAYMENT_TRANSACTION_IS_NOT_PAID", "transaction-not-paid", "no"],
	["CANCEL_REFUNDING_BY_BANK", "refund-cancelled-by-bank", "no"],
	["EXTERNAL_PROVIDER_ERROR", "provider-error", "no"],
	["TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED", "session-already-paid", "unknown"],
])(
	"a checkout refused with %s ends the payment, and the cashier reads why",
	async (code, fault, moneyMoved) => {
		const first = stage.payApi.requests.length;
		const body = await endOf(stage, await begin(stage, { refuse: code }));
		expect(body).toMatchObject({
			state: "refused",
			fault,
			wireCode: code,
			moneyMoved,
			cashier: cashierReads(fault),
		});
		expect(asked(stage, "checkout", first)).toHaveLength(1);
	},
);

test.each([
	["WRONG_TRANSACTION_STATE_CHANGE", "server-silent"],
	["TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS", "session-has-transaction"],
	["TRANSACTION_IN_PROCESSING", "transaction-in-processing"],
])(
	"a checkout refused with %s may be our own: it stays unknown, and the next customer pays",
	async (code, fault) => {
		const operationId = await begin(stage, { refuse: code });
		const body = await unknownOf(stage, operationId);
		expect(body).toMatchObject({ operationId, fault, moneyMoved: "unknown", cashier: cashierReads(fault) });
		await payOnce(stage);
	},
);

test("a code that no document names is shown as it came", async () => {
	const body = await endOf(stage, await begin(stage, { reject: "MOON_IS_FULL" }));
	expect(body).toMatchObject({ state: "refused", fault: "unlisted-refusal", moneyMoved: "unknown" });
	expect(body.cashier).toMatchObject({ text: expect.stringContaining("MOON_IS_FULL") });
});

test("a payment below 4 roubles is refused by the server, and the cashier reads the least amount", async () => {
	const { basket, ...customer } = newCustomer();
	const item = { name: "Пакет", article: "1", price: 399, quantity: 1, totalAmount: 399, tax: "none" };
	const small = { ...customer, basket: { ...basket, totalAmount: 399, items: [item] } };
	const body = await endOf(stage, await begin(stage, {}, small));
	expect(body).toMatchObject({ fault: "amount-too-small", cashier: cashierReads("amount-too-small") });
});

test.each([
	["canceled", "payment-cancelled-by-server", "no"],
	["refunded", "payment-refunded-elsewhere", "unknown"],
	["partial_refunded", "payment-refunded-elsewhere", "unknown"],
	["refunding", "payment-refunded-elsewhere", "unknown"],
] as const)(
	"a payment that is %s without the till is refused, and the cashier reads so",
	async (status, fault, moneyMoved) => {
		const arrival = stage.payApi.arrival("status");
		const operationId = await begin(stage, { pending: true });
		await arrival;
		inBooks(stage).status = status;
		const body = await endOf(stage, operationId);
		expect(body).toMatchObject({ state: "refused", fault, moneyMoved, cashier: cashierReads(fault) });
	},
);

test("a status that no list has is never taken for paid, and the payment goes on", async () => {
	const operationId = await begin(stage, { accept: 2, oddStatus: "almost_accepted" });
	expect(await endOf(stage, operationId)).toMatchObject({ state: "settled", moneyMoved: "yes" });
});

test("an answer that was lost is asked for again with the same requestId, and is paid once", async () => {
	const first = stage.payApi.requests.length;
	const before = counted(stage);
	const operationId = await begin(stage, { accept: 1, closeAfterProcessing: true });
	expect(await endOf(stage, operationId)).toMatchObject({ state: "settled", moneyMoved: "yes" });
	const { requestId } = inBooks(stage);
	const checkouts = asked(stage, "checkout", first).filter(({ request }) => request?.requestId === requestId);
	expect(checkouts.map(({ repeat }) => repeat)).toEqual([false, true]);
	expect(counted(stage)).toMatchObject({
		transactions: before.transactions + 1,
		paid: before.paid + 1,
	});
});

test("a scan that was paid with is good for no other payment", async () => {
	const [customer, other] = [newCustomer(), newCustomer()];
	const scan = await show(stage, customer);
	await payWith(stage, customer, scan);
	const { data } = await refusal(start(stage.pos, other, scan));
	expect(data).toMatchObject({ fault: "scan-used", moneyMoved: "no" });
});
