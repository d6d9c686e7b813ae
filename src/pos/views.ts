import { type FaultCode, faults } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { PrintState } from "../model/print.ts";
import type { Scan } from "../model/scan.ts";
import { masked } from "../model/secret.ts";
import type { Slip } from "../model/slip.ts";
import type { Explain } from "./errors.ts";
import type { OperationView, ScanContent } from "./methods.ts";

type OperationFacts = {
	readonly id: string;
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly state: OperationView["state"];
	readonly transactionId?: string;
	readonly slip?: Slip;
	readonly fault?: FaultCode;
	readonly wireCode?: string;
	readonly print?: PrintFacts;
};

type PrintFacts = {
	readonly state: PrintState;
	readonly evidence?: NonNullable<OperationView["print"]>["evidence"];
	readonly fault?: FaultCode;
};

/** An operation as a POS program sees it: in an answer, or in the event that tells its outcome. */
export function operationView(facts: OperationFacts, explain: Explain): OperationView {
	const { id, orderId, amount, state, transactionId, slip, print } = facts;
	return {
		operationId: id,
		kind: "payment",
		orderId,
		amount,
		state,
		...(transactionId && { transactionId }),
		...(slip && { slip }),
		...verdictView(facts, explain),
		...(print && { print: printView(print, explain) }),
	};
}

/** Whether the money moved, and what the cashier reads. */
function verdictView({ state, fault, wireCode }: OperationFacts, explain: Explain) {
	if (state === "settled") return { moneyMoved: "yes", cashier: explain("payment-settled") } as const;
	if (fault === undefined) return { moneyMoved: "unknown", cashier: explain("payment-begun") } as const;
	const { moneyMoved } = faults[fault];
	const cashier = explain(fault, { code: wireCode });
	return { fault, ...(wireCode && { wireCode }), moneyMoved, cashier };
}

/** What is known of a print, with the cashier's message when it is not simply done. */
export function printView(facts: PrintFacts, explain: Explain): NonNullable<OperationView["print"]> {
	const { state, evidence, fault } = facts;
	return {
		state,
		...(evidence && { evidence }),
		...(fault && { reason: fault, cashier: explain(fault) }),
	};
}

/** A scan as an event tells it: enough to show, nothing to pay with. Its content is for `scan.take`. */
export function scanView(scan: Scan, explain: Explain): Readonly<Record<string, unknown>> {
	const { id: scanId, kind, scanner, symbology } = scan;
	if (scan.kind === "foreign") return { scanId, kind, scanner, symbology, length: scan.bytes.length };
	const card = { scanId, kind, scanner, symbology, brand: scan.brand, card: masked(scan.cardNumber) };
	if (scan.kind === "loyalty") return { ...card, canPay: false };
	if (scan.verdict.good) return { ...card, canPay: true };
	const { fault } = scan.verdict;
	return { ...card, canPay: false, fault, cashier: explain(fault) };
}

/** The content of a scan, byte for byte when it is not a card. */
export function scanContent(scan: Scan): ScanContent {
	const { id: scanId, scanner, symbology } = scan;
	if (scan.kind !== "foreign") {
		return { scanId, scanner, symbology, kind: scan.kind, cardNumber: scan.cardNumber.reveal() };
	}
	const text = textOf(scan.bytes);
	const bytes = Buffer.from(scan.bytes).toString("base64");
	return { scanId, scanner, symbology, kind: "foreign", bytes, ...(text !== undefined && { text }) };
}

function textOf(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
