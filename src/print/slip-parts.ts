import type { Line } from "../model/block.ts";
import { type Kopecks, roubles } from "../model/money.ts";
import type { Slip } from "../model/slip.ts";
import { keyValue, rule, text, wrap } from "./layout.ts";

/** What the ways to pay are called on paper, such as `SBP: СБП`. */
export type PaymentTypeTitles = Readonly<Record<string, string>>;

/** A name and its value; one without a value has no line. */
type Detail = readonly [name: string, value: string | undefined];

/** The longest documented field has 256 characters; a longer one would only eat paper. */
const mostValueLength = 256;

/** A transaction id has 36 characters. Something much longer is no id, and no QR code of it would fit. */
const mostQrLength = 64;

/** What the block is, and of how much: in big letters, unless there are too many of them. */
export function headLines(title: string, amount: Kopecks, columns: number): Line[] {
	const written = `${roubles(amount)} руб.`;
	return [
		text(title, { align: "centre", bold: true }),
		text("Koshelek Pay", { align: "centre" }),
		rule(columns),
		text(written, { align: "centre", bold: true, size: written.length * 2 <= columns ? 2 : 1 }),
		rule(columns),
	];
}

/** What a payment and a refund have in common; kassad's own facts go before the bank's. `at` is wall-clock ms. */
export function commonDetails(
	slip: Slip,
	facts: { readonly at: number; readonly orderId?: string; readonly operationId?: string },
	titles: PaymentTypeTitles,
): Detail[] {
	return [
		["Дата и время", localTime(slip.operationDateTime, facts.at)],
		["Заказ", facts.orderId ?? slip.orderId],
		["Способ оплаты", paymentTypeName(slip.paymentType, titles)],
		["Терминал", slip.terminalId],
		["Магазин", slip.storeId],
		["Операция", facts.operationId],
		["СБП qrcId", slip.qrcId],
		["СБП kzo", slip.kzo],
	];
}

export function detailLines(details: readonly Detail[], columns: number): Line[] {
	return details.flatMap(([name, value]) =>
		value === undefined || value.trim() === ""
			? []
			: keyValue(name, shortened(value), columns).map((line) => text(line)),
	);
}

/** A QR code of an id, if it is one. */
export function qrLines(id: string | undefined): Line[] {
	if (id === undefined || id === "" || id.length > mostQrLength) return [];
	return [
		{ kind: "feed", lines: 1 },
		{ kind: "qr", data: id },
	];
}

/** A word for the customer, and the cut. */
export function lastLines(word: string, columns: number): Line[] {
	return [
		{ kind: "feed", lines: 1 },
		...wrap(word, columns).map((line) => text(line, { align: "centre" })),
		{ kind: "feed", lines: 1 },
		{ kind: "cut" },
	];
}

/** The title of a way to pay beside its word, which reports and the bank use; the word alone when it has none. */
function paymentTypeName(word: string | undefined, titles: PaymentTypeTitles): string | undefined {
	return word !== undefined && Object.hasOwn(titles, word) ? `${titles[word]} (${word})` : word;
}

/** `31.12.2025 23:59:07` where the till stands. What is not a time is shown as the bank wrote it. */
function localTime(written: string | undefined, at: number): string {
	const time = new Date(written ?? at);
	if (Number.isNaN(time.getTime())) return written ?? "";
	const two = (part: number) => part.toString().padStart(2, "0");
	const day = [two(time.getDate()), two(time.getMonth() + 1), time.getFullYear()].join(".");
	return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}

/** A value that takes only so much paper. */
export function shortened(value: string): string {
	return value.length <= mostValueLength ? value : `${value.slice(0, mostValueLength)}...`;
}
