import type { FaultCode } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { AttemptResult, CancelReason, JournaledCall } from "../model/operation.ts";
import type { PrintResolution, PrintState } from "../model/print.ts";
import { type Slip, slipFields } from "../model/slip.ts";
import { present } from "./present.ts";
import type { PrintRecord } from "./print-reader.ts";
import type { JournalReader } from "./read-journal.ts";
import type { OperationState } from "./records.ts";
import type { OperationKind } from "./rows.ts";

/** One request to the server, or one post of it. */
export type ToldAttempt = {
	readonly call: JournaledCall;
	readonly requestId: string;
	readonly begunAt: number;
	/** Absent when kassad ended before it heard what came of the request, or still waits. */
	readonly result?: AttemptResult["kind"];
	readonly summary?: string;
	readonly endedAt?: number;
};

/** One print of an operation's paper. */
export type ToldPrint = Pick<
	PrintRecord,
	"id" | "mark" | "printer" | "evidence" | "fault" | "detail" | "queuedAt" | "begunAt" | "judgedAt"
> & {
	readonly document: string;
	readonly state: PrintState;
	/** What the cashier found when nobody knew, and when that was said. */
	readonly resolved?: PrintResolution;
	readonly resolvedAt?: number;
};

/** When the cashier was told that nobody knows yet. */
type ToldDoubt = { readonly at: number; readonly fault?: FaultCode };

/** All that happened with one operation. Times are wall-clock ms; nothing here is a secret. */
export type ToldOperation = {
	readonly id: string;
	readonly kind: OperationKind;
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly state: OperationState;
	readonly brand?: string;
	readonly scanner?: string;
	readonly cardMasked?: string;
	readonly scannedAt?: number;
	readonly startedAt: number;
	readonly finishedAt?: number;
	readonly transactionId?: string;
	readonly refTransactionId?: string;
	readonly cancelWanted?: CancelReason;
	readonly fault?: FaultCode;
	readonly wireCode?: string;
	/** Of a question for ways to pay: what was answered. */
	readonly summary?: string;
	readonly attempts: readonly ToldAttempt[];
	readonly doubts: readonly ToldDoubt[];
	readonly prints: readonly ToldPrint[];
	/** The documented fields alone: nobody knows what else a bank sends. */
	readonly slip?: Omit<Slip, "unlisted">;
};

export type Stories = {
	/**
	 * Every operation of an order, from the oldest; found by the order's number, or by the id of one of its operations
	 * or transactions. With a payment come its refunds and receipts, whatever order they name. Empty when nothing
	 * bears the name. @throws {FaultError} `journal-failed`
	 */
	of(name: string): ToldOperation[];
	/** Orders for who has mistyped one, the newest first. @throws {FaultError} `journal-failed` */
	near(name: string): { readonly alike: readonly string[]; readonly newest: readonly string[] };
};

const family = `WITH RECURSIVE family (number, order_id, transaction_id) AS (
	SELECT number, order_id, transaction_id FROM operations
	WHERE order_id = :name OR id = :name OR transaction_id = :name OR ref_transaction_id = :name
	UNION
	SELECT other.number, other.order_id, other.transaction_id FROM family JOIN operations AS other
		ON other.order_id = family.order_id OR other.transaction_id = family.transaction_id
)`;

const facts = `id, kind, order_id AS orderId, amount, coalesce(outcome, 'in-progress') AS state, brand, scanner,
	card_masked AS cardMasked, json_extract(timings, '$.scannedAt') AS scannedAt, started_at AS startedAt,
	finished_at AS finishedAt, transaction_id AS transactionId, ref_transaction_id AS refTransactionId,
	cancel_wanted AS cancelWanted, fault, wire_code AS wireCode, summary`;

const mostNear = 5;

export function openStories(reader: JournalReader): Stories {
	const operations = reader.prepare(
		`${family} SELECT ${facts} FROM operations WHERE number IN (SELECT number FROM family)
		ORDER BY started_at, number`,
	);
	const parts = partsOf(reader);
	const alike = reader.prepare(
		`SELECT order_id AS orderId FROM operations
		WHERE instr(lower(order_id), lower(:name)) > 0 OR instr(lower(:name), lower(order_id)) > 0
		GROUP BY order_id ORDER BY max(number) DESC LIMIT ${mostNear}`,
	);
	const newest = reader.prepare(
		`SELECT order_id AS orderId FROM operations GROUP BY order_id ORDER BY max(number) DESC LIMIT ${mostNear}`,
	);
	const orders = (rows: readonly object[]) => (rows as { orderId: string }[]).map(({ orderId }) => orderId);
	return {
		of: (name) =>
			reader.read("read what happened", () =>
				operations.all({ name }).map((row) => {
					const operation = present(row) as Omit<ToldOperation, keyof ReturnType<typeof parts>>;
					return { ...operation, ...parts(operation.id) };
				}),
			),
		near: (name) =>
			reader.read("look for orders", () => ({
				alike: orders(alike.all({ name })),
				newest: orders(newest.all()),
			})),
	};
}

/** Reads what belongs to one operation. */
function partsOf(reader: JournalReader) {
	const attempts = reader.prepare(
		`SELECT call, request_id AS requestId, begun_at AS begunAt, result, summary, ended_at AS endedAt
		FROM attempts WHERE operation = ? ORDER BY number`,
	);
	const prints = reader.prepare(
		`SELECT id, document, mark, printer, state, evidence, fault, detail, queued_at AS queuedAt,
			begun_at AS begunAt, judged_at AS judgedAt, resolved, resolved_at AS resolvedAt
		FROM prints WHERE operation = ? ORDER BY id`,
	);
	const doubts = reader.prepare(
		`SELECT at, json_extract(body, '$.fault') AS fault FROM events
		WHERE type = 'operation' AND json_extract(body, '$.operationId') = ?
			AND json_extract(body, '$.state') = 'unknown' ORDER BY seq`,
	);
	const slip = reader.prepare(`SELECT ${slipFields.join(", ")} FROM slips WHERE operation = ?`);
	return (id: string) => {
		const kept = slip.get(id);
		return {
			attempts: attempts.all(id).map(present) as ToldAttempt[],
			doubts: doubts.all(id).map(present) as ToldDoubt[],
			prints: prints.all(id).map(present) as ToldPrint[],
			...(kept && { slip: present(kept) as Omit<Slip, "unlisted"> }),
		};
	};
}
