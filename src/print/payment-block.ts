import type { Block, Line } from "../model/block.ts";
import { type Kopecks, roubles } from "../model/money.ts";
import type { Slip } from "../model/slip.ts";
import { keyValue, rule, text, wrap } from "./layout.ts";

/**
 * What kassad knows of a payment by itself. Its amount, order and transaction go before the bank's word, so that
 * the paper says what the journal says; of the time the bank knows more.
 */
type PaymentFacts = {
	readonly amount: Kopecks;
	/** Wall-clock ms of the payment. */
	readonly at: number;
	readonly orderId?: string;
	readonly transactionId?: string;
	/** kassad's own name for the payment, by which its journal finds it. */
	readonly operationId?: string;
};

const paymentTypes: ReadonlyMap<string, string> = new Map([
	["SBP", "СБП (SBP)"],
	["DOLYAME", "Долями (DOLYAME)"],
]);

/** The longest documented field has 256 characters; a longer one would only eat paper. */
const mostValueLength = 256;

/** A transaction id has 36 characters. Something much longer is no id, and no QR code of it would fit. */
const mostQrLength = 64;

/**
 * The part of the receipt that proves a Koshelek payment, in Russian, with the fields that cm_pay_api 1.2.1 asks
 * for in "Requirements on the till". Fields that the bank did not send have no line. The time is the till's.
 */
export function paymentBlock(slip: Slip, facts: PaymentFacts, columns: number): Block {
	return [
		text("ОПЛАТА КОШЕЛЁК", { align: "centre", bold: true }),
		text("Koshelek Pay", { align: "centre" }),
		rule(columns),
		amountLine(facts.amount, columns),
		rule(columns),
		...detailLines(slip, facts, columns),
		...qrLines(transactionIdOf(slip, facts)),
		{ kind: "feed", lines: 1 },
		...wrap("Спасибо за покупку!", columns).map((line) => text(line, { align: "centre" })),
		{ kind: "feed", lines: 1 },
		{ kind: "cut" },
	];
}

/** In big letters, unless there are too many of them. */
function amountLine(amount: Kopecks, columns: number): Line {
	const written = `${roubles(amount)} руб.`;
	return text(written, { align: "centre", bold: true, size: written.length * 2 <= columns ? 2 : 1 });
}

function detailLines(slip: Slip, facts: PaymentFacts, columns: number): Line[] {
	const details: readonly (readonly [name: string, value: string | undefined])[] = [
		["Дата и время", localTime(slip.operationDateTime, facts.at)],
		["Заказ", facts.orderId ?? slip.orderId],
		["Способ оплаты", slip.paymentType && (paymentTypes.get(slip.paymentType) ?? slip.paymentType)],
		["Терминал", slip.terminalId],
		["Магазин", slip.storeId],
		["Операция", facts.operationId],
		["СБП qrcId", slip.qrcId],
		["СБП kzo", slip.kzo],
		["Возврат", slip.refundTransactionId],
		["Транзакция", transactionIdOf(slip, facts)],
	];
	return details.flatMap(([name, value]) =>
		value === undefined || value.trim() === ""
			? []
			: keyValue(name, shortened(value), columns).map((line) => text(line)),
	);
}

const transactionIdOf = (slip: Slip, facts: PaymentFacts) => facts.transactionId ?? slip.paymentTransactionId;

function qrLines(transactionId: string | undefined): Line[] {
	if (transactionId === undefined || transactionId === "" || transactionId.length > mostQrLength) return [];
	return [
		{ kind: "feed", lines: 1 },
		{ kind: "qr", data: transactionId },
	];
}

/** `31.12.2025 23:59:07` where the till stands. What is not a time is shown as the bank wrote it. */
function localTime(written: string | undefined, at: number): string {
	const time = new Date(written ?? at);
	if (Number.isNaN(time.getTime())) return written ?? "";
	const two = (part: number) => part.toString().padStart(2, "0");
	const day = [two(time.getDate()), two(time.getMonth() + 1), time.getFullYear()].join(".");
	return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}

function shortened(value: string): string {
	return value.length <= mostValueLength ? value : `${value.slice(0, mostValueLength)}...`;
}
