import { type FaultCode, type FaultRow, faults } from "../model/fault.ts";
import { type Kopecks, kopecks } from "../model/money.ts";
import type { Notice } from "../model/notice.ts";
import type { ReturnedPart } from "../model/operation.ts";
import type { Scan } from "../model/scan.ts";
import { masked } from "../model/secret.ts";
import type { Slip } from "../model/slip.ts";
import type { CashierMessage, Explain } from "./errors.ts";
import type { OperationView, ProvidersView, ScanContent } from "./methods.ts";

type OperationFacts = {
	readonly id: string;
	readonly kind: OperationView["kind"];
	readonly terminalId?: string;
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly state: OperationView["state"];
	readonly transactionId?: string;
	readonly refTransactionId?: string;
	/** Of a refund. */
	readonly parts?: readonly ReturnedPart[];
	readonly slip?: Slip;
	readonly fault?: FaultCode;
	readonly wireCode?: string;
	/** Of a payment; left out where they are not looked up. */
	readonly refunds?: NonNullable<OperationView["refunds"]>;
};

/** What the cashier reads when nothing is wrong, and whether money is at stake at all. */
const courses: Readonly<
	Record<OperationView["kind"], { begun?: Notice; settled?: Notice; readonly movesMoney: boolean }>
> = {
	payment: { begun: "payment-begun", settled: "payment-settled", movesMoney: true },
	refund: { begun: "refund-begun", settled: "refund-settled", movesMoney: true },
	receipt: { begun: "receipt-begun", settled: "receipt-settled", movesMoney: false },
	providers: { movesMoney: false },
};

/** An operation as a POS program sees it: in an answer, or in the event that tells its outcome. */
export function operationView(facts: OperationFacts, explain: Explain): OperationView {
	const { id, kind, terminalId, orderId, amount, state, transactionId, refTransactionId, parts, slip } =
		facts;
	return {
		operationId: id,
		kind,
		...(terminalId !== undefined && { terminalId }),
		orderId,
		amount,
		state,
		...(transactionId && { transactionId }),
		...(refTransactionId && { refTransactionId }),
		...(parts && { parts: parts.map(partView) }),
		...(slip && { slip }),
		...verdictView(facts, explain),
		...refundsView(facts),
	};
}

/** Whether the money moved, and what the cashier reads. */
function verdictView({ kind, state, fault, wireCode }: OperationFacts, explain: Explain) {
	const { begun, settled, movesMoney } = courses[kind];
	const told = (moneyMoved: FaultRow["moneyMoved"], cashier: CashierMessage | undefined) => ({
		moneyMoved: movesMoney ? moneyMoved : ("no" as const),
		...(cashier && { cashier }),
	});
	if (state === "settled") return told("yes", settled && explain(settled));
	if (fault === undefined) return told("unknown", begun && explain(begun));
	const cashier = explain(fault, { code: wireCode });
	return { fault, ...(wireCode && { wireCode }), ...told(faults[fault].moneyMoved, cashier) };
}

const partView = ({ position, quantity, totalAmount }: ReturnedPart) => ({ position, quantity, totalAmount });

/** A refund that is not refused counts: it has taken its money, or may take it. */
function refundsView({ kind, state, amount, refunds }: OperationFacts) {
	if (kind !== "payment" || state !== "settled" || refunds === undefined) return {};
	const taken = refunds
		.filter((refund) => refund.state !== "refused")
		.reduce((sum, refund) => sum + refund.amount, 0);
	return {
		refunds: refunds.map(({ operationId, amount, state }) => ({ operationId, amount, state })),
		refundable: kopecks(Math.max(0, amount - taken)),
	};
}

/** The ways to pay as the server told them; when none can be used the cashier is told what to do. */
export function providersView(
	{ isDefault, providers }: Pick<ProvidersView, "isDefault" | "providers">,
	explain: Explain,
): ProvidersView {
	if (providers.some(({ available }) => available)) return { isDefault, providers };
	const fault = "no-provider-available";
	return { isDefault: false, providers, fault, cashier: explain(fault) };
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

/** A code that became no scan. To a POS program that only looks whether it can pay it is a card that cannot. */
export function keptOutView(
	{ scanner, fault }: { readonly scanner: string; readonly fault: FaultCode },
	explain: Explain,
): Readonly<Record<string, unknown>> {
	return { kind: "kept-out", scanner, canPay: false, fault, cashier: explain(fault) };
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
