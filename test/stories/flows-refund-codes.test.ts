import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { asked, cashierReads, inBooks, pay, refund, startRefund, unknownOf } from "./flow-kit.ts";
import { openShop } from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop();
}, 60_000);

afterAll(() => stage.strike());

test.each([
	["PAYMENT_TRANSACTION_IS_NOT_PAID", "refund-of-unpaid", "no"],
	["TERMINAL_STATE_OF_PAYMENT_TRANSACTION", "refund-of-finished", "no"],
	["PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY", "refund-already-running", "no"],
	["REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE", "refund-over-rest", "no"],
	["EXTERNAL_PROVIDER_ERROR", "refund-declined", "no"],
	["UNEXPECTED_REFUND_AMOUNT_LEFT_FROM_EXTERNAL_PROVIDER", "refund-rest-unexpected", "unknown"],
	["PAYMENT_ORDER_IS_NOT_FOUND", "refund-declined", "no"],
])("a refund rejected with %s is refused, and the cashier reads why", async (code, fault, moneyMoved) => {
	const { operationId, transactionId } = await pay(stage, { refundError: code });
	const body = await refund(stage, { operationId });
	expect(body).toMatchObject({
		...{ kind: "refund", state: "refused", transactionId },
		...{ fault, wireCode: code, moneyMoved, cashier: cashierReads(fault, code) },
	});
	expect(inBooks(stage, transactionId).refunds).toMatchObject([{ status: "rejected" }]);
});

test.each([
	["UNKNOWN_SESSION_ID", "session-unknown", "no"],
	["UNKNOWN_TRANSACTION_ID", "refund-declined", "no"],
	["UNKNOWN_PARTNER_ID", "partner-unknown", "no"],
	["PAYMENT_TRANSACTION_IS_NOT_PAID", "transaction-not-paid", "no"],
	["CANCEL_REFUNDING_BY_BANK", "refund-cancelled-by-bank", "no"],
	["WRONG_TRANSACTION_STATE_CHANGE", "state-change-impossible", "unknown"],
	["TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS", "session-has-transaction", "unknown"],
	["TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED", "session-already-paid", "unknown"],
	["EXTERNAL_PROVIDER_ERROR", "refund-declined", "no"],
])(
	"a refund refused with %s is told with the server's code, and nothing is given back",
	async (code, fault, moneyMoved) => {
		const { operationId, transactionId } = await pay(stage, { refuseRefund: code });
		const body = await refund(stage, { operationId });
		expect(body).toMatchObject({
			state: "refused",
			fault,
			wireCode: code,
			moneyMoved,
			cashier: cashierReads(fault, code),
		});
		expect(inBooks(stage, transactionId).refunds).toEqual([]);
	},
);

test("a refund refused with TRANSACTION_IN_PROCESSING is asked for again, and stays unknown meanwhile", async () => {
	const first = stage.payApi.requests.length;
	const { operationId } = await pay(stage, { refuseRefund: "TRANSACTION_IN_PROCESSING" });
	const refunding = await startRefund(stage, { operationId });
	const body = await unknownOf(stage, refunding.operationId);
	const cashier = cashierReads("refund-unknown");
	expect(body).toMatchObject({ fault: "refund-unknown", moneyMoved: "unknown", cashier });
	const again = stage.payApi.arrival("refund");
	await again;
	expect(new Set(asked(stage, "refund", first).map(({ request }) => request?.requestId)).size).toBe(1);
});
