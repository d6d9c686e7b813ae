import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { asked, begin, cashierReads, endOf, payApi, refund } from "./flow-kit.ts";
import { type Customer, newCustomer, openShop, refusal, show, start } from "./shop.ts";

const payLate = { paymentType: "PAYLATE", available: true };
const unlisted = { paymentType: "MOONPAY", available: true };

let stage: Stage;

beforeAll(async () => {
	// Nothing but words in the settings: a new way to pay and its title, a new rate of VAT, new words of the server.
	const statuses = { accepted: ["accepted", "paid_in_full"], rejected: ["rejected", "turned_down"] };
	const enums = {
		paymentTypes: ["SBP", "DOLYAME", "PAYLATE"],
		taxes: ["none", "vat110", "vat122"],
		statuses: { ...statuses, cancelled: ["canceled", "called_off"] },
	};
	const words = payApi({ enums, paymentTypeTitles: { PAYLATE: "Плати потом" } });
	const server = { providers: { list: [payLate, unlisted] }, paymentTypes: ["PAYLATE", "SBP"] };
	stage = await openShop(server, words);
}, 60_000);

afterAll(() => stage.strike());

/** A customer whose basket has something of its own. */
function customerWhose(own: object): Customer {
	const { basket, ...customer } = newCustomer();
	return { ...customer, basket: { ...basket, ...own } };
}

test("a way to pay that the settings do not list is refused, and nothing of it leaves", async () => {
	const first = stage.payApi.requests.length;
	const customer = customerWhose({ paymentTypes: ["MOONPAY"] });
	const { data } = await refusal(start(stage.pos, customer, await show(stage, customer)));
	const cashier = cashierReads("payment-type-not-accepted");
	expect(data).toMatchObject({ fault: "payment-type-not-accepted", moneyMoved: "no", cashier });
	expect(asked(stage, "checkout", first)).toEqual([]);
});

test("a way to pay that only the settings name is offered, paid, printed, found and refunded", async () => {
	const customer = customerWhose({ paymentTypes: ["PAYLATE"] });
	const { paymentTypes: _, ...purchase } = customer.basket;
	const scan = await show(stage, customer);
	const question = { scanId: `${scan.body.scanId}`, ...purchase };
	expect(await stage.pos.call("pay.providers", question)).toMatchObject({ providers: [payLate] });

	const { operationId } = await start(stage.pos, customer, scan);
	const paid = await endOf(stage, operationId);
	expect(paid).toMatchObject({ state: "settled", slip: { paymentType: "PAYLATE" } });
	expect(stage.printer.receipts.at(-1)?.text).toContain("Плати потом");
	const { transactionId } = paid;
	const found = await stage.pos.call("operation.get", { transactionId: `${transactionId}` });
	expect(found).toMatchObject({ operationId, state: "settled", slip: { paymentType: "PAYLATE" } });

	expect(await refund(stage, { operationId })).toMatchObject({ state: "settled" });
	expect(stage.printer.receipts.at(-1)?.text).toContain("Плати потом");
});

test.each([
	["accepted", "paid_in_full", { state: "settled", moneyMoved: "yes" }],
	["rejected", "turned_down", { state: "refused", fault: "declined-by-provider" }],
	["cancelled", "called_off", { state: "refused", fault: "payment-cancelled-by-server" }],
] as const)(
	"a new word of the server that the settings list as %s means just that",
	async (_, word, outcome) => {
		// The server says it once, and has no other word for this payment.
		const operationId = await begin(stage, { pending: true, oddStatus: word });
		expect(await endOf(stage, operationId)).toMatchObject(outcome);
	},
);

const [item] = newCustomer().basket.items;

test.each([
	["measure", { items: [{ ...item, measure: "CUP" }] }, "items.0.measure"],
	["tax", { items: [{ ...item, tax: "vat130" }] }, "items.0.tax"],
	["currency", { currency: "USD" }, "currency"],
])("a %s that the settings do not list is refused before anything leaves", async (_, odd, where) => {
	const customer = customerWhose(odd);
	const first = stage.payApi.requests.length;
	const { data } = await refusal(start(stage.pos, customer, await show(stage, customer)));
	expect(data).toMatchObject({ fault: "request-invalid", detail: expect.stringContaining(where) });
	expect(asked(stage, "checkout", first)).toEqual([]);
});

test("a rate of VAT that only the settings name goes to the server as it is", async () => {
	const arrival = stage.payApi.arrival("checkout");
	await begin(stage, {}, customerWhose({ items: [{ ...item, tax: "vat122" }] }));
	expect(new TextDecoder().decode((await arrival).body)).toContain('"tax":"vat122"');
});
