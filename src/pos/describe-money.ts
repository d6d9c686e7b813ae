import type { FaultCode } from "../model/fault.ts";
import type { MethodDescription } from "./description.ts";
import { operationResult, providersResult, startedResult } from "./results.ts";
import {
	operationGetParams,
	payCancelParams,
	payProvidersParams,
	payStartParams,
	receiptSendParams,
	refundStartParams,
} from "./schema.ts";

const cardFaults: readonly FaultCode[] = [
	"scan-gone",
	"scan-used",
	"card-cannot-pay",
	"password-wrong",
	"password-replayed",
	"password-unchecked",
	"clock-off",
];

const wishFaults: readonly FaultCode[] = ["key-conflict", "order-unresolved", "till-busy", "journal-failed"];

const operationId = "c44ed3ef-4d5e-4e0b-9a43-0a8a6c1f3b52";
const scanId = "784e89d1-5b6f-4a57-8a2e-b2f2a1f0c9de";
const coffee = { name: "Кофе", article: "4600", price: 123_456, quantity: 1, totalAmount: 123_456 };
const basket = { orderId: "17", totalAmount: 123_456, items: [{ ...coffee, tax: "vat120" }] };
const started = { operationId, state: "in-progress" };

const invoice = {
	...basket,
	...{ receiptId: "r-17", merchantName: "ООО «Пример»", merchantAddress: "Москва, Примерная ул., 1" },
	...{ inn: "007701234567", dateTime: "2026-11-24T12:19:30+03:00", shift: "42", cashier: "Иванова А. Б." },
	receiptType: "debit",
};

/** The methods about money. */
export const moneyDescriptions = {
	"pay.providers": {
		summary: "Which ways to pay the customer has; may be left out",
		...{ params: payProvidersParams, result: providersResult },
		faults: [...cardFaults, "providers-unknown", "session-unknown", "partner-unknown", "journal-failed"],
		example: {
			params: { scanId, ...basket },
			result: { isDefault: true, providers: [{ paymentType: "SBP", available: true }] },
		},
	},
	"pay.start": {
		summary: "A payment; its end comes as an event",
		...{ params: payStartParams, result: startedResult },
		faults: [...cardFaults, ...wishFaults, "order-already-paid", "payment-type-not-accepted"],
		example: { params: { key: "sale-17", scanId, ...basket, paymentTypes: ["SBP"] }, result: started },
	},
	"pay.cancel": {
		summary: "Cancels a payment, for the cashier or the customer",
		...{ params: payCancelParams, result: startedResult },
		faults: ["operation-not-found", "too-late-to-cancel", "journal-failed"],
		example: { params: { operationId, by: "customer" }, result: started },
	},
	"refund.start": {
		summary: "Pays back a payment, whole or in parts",
		...{ params: refundStartParams, result: startedResult },
		faults: [
			...wishFaults,
			"operation-not-found",
			"refund-of-unpaid",
			"refund-already-running",
			"refund-over-rest",
			"refund-only-whole",
			"payment-refunded-elsewhere",
			"terminal-unknown",
		],
		example: {
			params: { key: "return-17", orderId: "17", parts: [{ position: 0, quantity: 1 }] },
			result: started,
		},
	},
	"receipt.send": {
		summary: "The fiscal receipt, for the customer's app",
		...{ params: receiptSendParams, result: startedResult },
		faults: [
			"key-conflict",
			"order-unresolved",
			"operation-not-found",
			"receipt-of-unpaid",
			"payment-refunded-elsewhere",
			"journal-failed",
		],
		example: { params: { key: "receipt-17", operationId, invoice }, result: started },
	},
	"operation.get": {
		summary: "How an operation stands, by one of its names",
		...{ params: operationGetParams, result: operationResult },
		faults: ["operation-not-found", "journal-failed"],
		example: {
			params: { orderId: "17" },
			result: { operationId, kind: "payment", orderId: "17", amount: 123_456, state: "in-progress" },
		},
	},
} as const satisfies Record<string, MethodDescription>;
