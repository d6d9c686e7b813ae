import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Told } from "./pos.ts";

/** A payment as the server's own books have it. */
export type ServerPayment = {
	readonly transactionId: string;
	readonly requestId: string;
	readonly terminalId: string;
	readonly orderId: string;
	readonly amount: number;
	/** Whether the customer's money was taken, and perhaps given back since. */
	readonly taken: boolean;
	readonly refunds: readonly {
		readonly refTransactionId: string;
		readonly requestId: string;
		readonly amount: number;
		readonly status: "new" | "accepted" | "rejected";
		readonly errorCode?: string;
	}[];
};

/** Everything that was counted outside kassad at the end of a day. */
export type Books = {
	readonly folder: string;
	readonly payments: readonly ServerPayment[];
	/** All that was printed, a text for each piece of paper, without spaces. */
	readonly paper: readonly string[];
	readonly told: readonly Told[];
	/** What the server found wrong with kassad's requests. */
	readonly complaints: readonly string[];
};

type Operation = {
	readonly id: string;
	readonly kind: "payment" | "refund" | "receipt" | "providers";
	readonly terminal: string;
	readonly orderId: string;
	readonly amount: number;
	readonly requestId: string;
	readonly transactionId: string | null;
	readonly refTransactionId: string | null;
	readonly outcome: string | null;
	readonly slips: number;
	/** In their order. */
	readonly prints: readonly Print[];
};

type Print = { readonly state: string; readonly mark: string; readonly resolved: string | null };

/** Where money, paper, database and what the cashier was told disagree: a sentence each, none on a good day. */
export function disagreements(books: Books): string[] {
	const operations = journalOf(books.folder);
	return [
		...openOnes(operations),
		...books.payments.flatMap((payment) => ofServerPayment(payment, operations)),
		...operations.flatMap((operation) => ofOperation(operation, books)),
		...totals(operations, books.payments),
		...books.complaints.map((complaint) => `the server complains: ${complaint}`),
	];
}

function openOnes(operations: readonly Operation[]): string[] {
	return operations
		.filter(({ outcome }) => outcome !== "settled" && outcome !== "refused")
		.map(
			({ kind, id, outcome }) =>
				`${kind} ${id} is still ${outcome ?? "in progress"} though the server answers`,
		);
}

/** What the server says when a till has not kept the rest of a payment. */
const tooMuch: ReadonlySet<string> = new Set([
	"REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE",
	"TERMINAL_STATE_OF_PAYMENT_TRANSACTION",
	"PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY",
]);

/** The server's side: every payment taken has its slip, every refund its operation, none came twice. */
function ofServerPayment(payment: ServerPayment, operations: readonly Operation[]): string[] {
	const wrong: string[] = [];
	const { transactionId, requestId, terminalId, taken, refunds, amount, orderId } = payment;
	const owners = operations.filter((one) => one.kind === "payment" && one.requestId === requestId);
	if (owners.length !== 1) wrong.push(`transaction ${transactionId} belongs to ${owners.length} payments`);
	const [owner] = owners;
	if (owner !== undefined && owner.terminal !== terminalId)
		wrong.push(`${orderId} was paid at ${owner.terminal}, and the server knows ${terminalId}`);
	if (taken && owner?.outcome !== "settled")
		wrong.push(`${orderId} was charged, and kassad says ${owner?.outcome}`);
	if (taken && owner?.slips !== 1) wrong.push(`${orderId} was charged and has ${owner?.slips} slips`);
	if (!taken && owner?.outcome === "settled") wrong.push(`${orderId} is settled and was never charged`);
	for (const { errorCode, requestId: id } of refunds) {
		if (tooMuch.has(errorCode ?? "")) wrong.push(`refund ${id} asked for what is not left: ${errorCode}`);
	}
	const back = refunds.filter(({ status }) => status !== "rejected");
	if (back.reduce((sum, refund) => sum + refund.amount, 0) > amount)
		wrong.push(`${orderId} was refunded beyond its rest`);
	for (const refund of back) {
		const own = operations.filter(({ kind, requestId: id }) => kind === "refund" && id === refund.requestId);
		if (own.length !== 1) wrong.push(`refund ${refund.refTransactionId} belongs to ${own.length} operations`);
		if (own[0] !== undefined && own[0].amount !== refund.amount)
			wrong.push(`refund ${own[0].id} gave another amount`);
	}
	return wrong;
}

/** kassad's side: what it says happened did, is on paper once, and was never told otherwise. */
function ofOperation(operation: Operation, { payments, paper, told }: Books): string[] {
	const wrong: string[] = [];
	const { id, kind, outcome, orderId } = operation;
	const moved = hasMoved(operation, payments);
	if (kind === "refund" && outcome === "settled" && !moved)
		wrong.push(`refund ${id} is settled and gave nothing back`);
	if (kind === "refund" && outcome === "refused" && moved)
		wrong.push(`refund ${id} is refused and gave money back`);
	if (kind === "payment" || kind === "refund") wrong.push(...ofPaper(operation, paper));
	for (const { state, moneyMoved } of told.filter(({ operationId }) => operationId === id)) {
		if (moved && state === "refused") wrong.push(`${kind} of ${orderId}: money moved, told as refused`);
		if (moved && moneyMoved === "no")
			wrong.push(`${kind} of ${orderId}: money moved, told as "no money moved"`);
		if (!moved && state === "settled" && kind !== "receipt")
			wrong.push(`${kind} of ${orderId}: told as settled, nothing moved`);
	}
	return wrong;
}

function hasMoved({ kind, requestId }: Operation, payments: readonly ServerPayment[]): boolean {
	if (kind === "payment") return payments.some((payment) => payment.taken && payment.requestId === requestId);
	return payments.some(({ refunds }) =>
		refunds.some((refund) => refund.status === "accepted" && refund.requestId === requestId),
	);
}

/** A settled operation has its prints, judged; what they say is so, and no slip stands on paper twice without a word. */
function ofPaper({ id, kind, orderId, outcome, prints }: Operation, paper: readonly string[]): string[] {
	const wrong: string[] = [];
	const slip = `the slip of ${kind} ${orderId}`;
	const slips = slipsOf(id, paper);
	const blocks = slips.length;
	const inState = (state: string) => prints.filter((print) => print.state === state).length;
	const silent = slips.filter((mark) => mark === "original").length;
	if (silent > 1) wrong.push(`${slip} is on paper ${silent} times without a word`);
	if (outcome !== "settled") {
		if (blocks > 0) wrong.push(`${kind} ${orderId} is ${outcome} and has a slip on paper`);
		return wrong;
	}
	if (prints.length === 0) wrong.push(`${kind} ${orderId} is settled and has no print`);
	const [printed, most] = [inState("printed"), inState("printed") + inState("unknown")];
	if (blocks < printed)
		wrong.push(`${slip} is said to be printed ${printed} times, and is on paper ${blocks} times`);
	if (blocks > most)
		wrong.push(`${slip} is on paper ${blocks} times, and said to be so ${most} times at most`);
	const open = inState("queued") + inState("printing");
	if (open > 0) wrong.push(`${open} prints of ${kind} ${orderId} are still open`);
	return [...wrong, ...ofMarks(slip, prints)];
}

/** A copy is what was known to be there; an original what was known not to be. */
function ofMarks(slip: string, prints: readonly Print[]): string[] {
	return prints.flatMap(({ mark }, index) => {
		const before = prints.slice(0, index);
		const isThere = before.some(({ state, resolved }) => state === "printed" || resolved === "on-paper");
		const maybe = before.some(({ state, resolved }) => state === "unknown" && resolved === null);
		const right = isThere ? "copy" : maybe ? "repeat" : "original";
		// The answer may have come after the next print.
		const isRight = mark === right || (mark === "repeat" && right !== "repeat");
		return isRight ? [] : [`${slip}: a print is marked ${mark} and is a ${right}`];
	});
}

const heads = /(КОПИЯ|ПОВТОРНАЯПЕЧАТЬ|)(?:ОПЛАТА|ВОЗВРАТ)КОШЕЛЁК/g;
const marks: Readonly<Record<string, string>> = { КОПИЯ: "copy", ПОВТОРНАЯПЕЧАТЬ: "repeat" };

/**
 * As what each slip with this text is marked on paper: by the word over its title. A slip reaches to the next title: where
 * the paper ended in the middle of it, it goes on with the next roll.
 */
function slipsOf(id: string, paper: readonly string[]): string[] {
	const all = paper.join("");
	const slips = [...all.matchAll(heads)];
	return slips.flatMap(({ index, 1: word = "" }, at) => {
		const slip = all.slice(index, slips[at + 1]?.index);
		return slip.includes(id) ? [marks[word] ?? "original"] : [];
	});
}

/** What the accountant would reckon: the journal's sums are the server's. */
function totals(operations: readonly Operation[], payments: readonly ServerPayment[]): string[] {
	const sum = (amounts: readonly { readonly amount: number }[]) =>
		amounts.reduce((all, { amount }) => all + amount, 0);
	const settled = (kind: string) =>
		sum(operations.filter((one) => one.kind === kind && one.outcome === "settled"));
	const taken = sum(payments.filter((payment) => payment.taken));
	const back = sum(payments.flatMap(({ refunds }) => refunds.filter(({ status }) => status === "accepted")));
	const wrong: string[] = [];
	if (settled("payment") !== taken)
		wrong.push(`the journal has ${settled("payment")} kopecks paid, the server ${taken}`);
	if (settled("refund") !== back)
		wrong.push(`the journal has ${settled("refund")} kopecks refunded, the server ${back}`);
	return wrong;
}

/** Reads the journal as a report tool would: from its file, not through kassad. */
export function journalOf(folder: string): Operation[] {
	const database = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const rows = database
		.prepare(
			`SELECT id, kind, terminal, order_id AS orderId, amount, request_id AS requestId, transaction_id AS transactionId,
				ref_transaction_id AS refTransactionId, outcome,
				(SELECT count(*) FROM slips WHERE operation = operations.id) AS slips,
				(SELECT json_group_array(json_object('state', state, 'mark', mark, 'resolved', resolved) ORDER BY id)
					FROM prints WHERE operation = operations.id) AS prints
			FROM operations ORDER BY number`,
		)
		.all() as (Omit<Operation, "prints"> & { readonly prints: string })[];
	database.close();
	return rows.map((row) => ({ ...row, prints: JSON.parse(row.prints) }));
}
