import { FaultError } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { Purchase, RefundWish, ReturnedPart } from "../model/operation.ts";
import type { Database } from "./database.ts";
import type { OperationState } from "./records.ts";

type RefundRecord = {
	readonly operationId: string;
	readonly amount: Kopecks;
	readonly state: OperationState;
	readonly parts: readonly ReturnedPart[];
	/** Of another till's payment: what was bought, as it was described for this refund. */
	readonly purchase?: Purchase;
	/** Wall-clock ms. */
	readonly startedAt: number;
};

export type Refunds = {
	/** The refunds of a payment, whatever came of them, the oldest first. @throws {FaultError} `journal-failed` */
	refundsOf(transactionId: string): readonly RefundRecord[];
};

/** The refunds as the other parts of the journal see them. */
export type RefundBook = Refunds & {
	/**
	 * To be asked in the transaction that would begin one more refund.
	 * @throws {FaultError} `refund-already-running` while another refund of the payment is unfinished: what it will
	 * leave of the payment is not known. `refund-over-rest` when the payment is known and has less left.
	 */
	admit(wish: RefundWish): void;
};

export function openRefunds(database: Database): RefundBook {
	const running = database.prepare(
		"SELECT id FROM operations WHERE kind = 'refund' AND transaction_id = ? AND finished_at IS NULL",
	);
	const rest = database.prepare(
		`SELECT min(amount) - (
			SELECT coalesce(sum(amount), 0) FROM operations
			WHERE kind = 'refund' AND transaction_id = :transactionId AND outcome = 'settled'
		) AS rest
		FROM operations WHERE kind = 'payment' AND transaction_id = :transactionId`,
	);
	const all = database.prepare(
		`SELECT id AS operationId, amount, coalesce(outcome, 'in-progress') AS state, started_at AS startedAt,
			wish ->> '$.parts' AS parts, wish ->> '$.purchase' AS purchase
		FROM operations WHERE kind = 'refund' AND transaction_id = ? ORDER BY number`,
	);
	return {
		admit: ({ transactionId, amount }) => {
			const other = running.get(transactionId) as { id: string } | undefined;
			if (other) throw new FaultError("refund-already-running", `operation ${other.id} is unfinished`);
			const { rest: left } = rest.get({ transactionId }) as { rest: number | null };
			if (left !== null && amount > left) {
				throw new FaultError("refund-over-rest", `${amount} kopecks of ${left} that are left`);
			}
		},
		refundsOf: (transactionId) => {
			const rows = database.read("read the refunds of a payment", () => all.all(transactionId));
			return (rows as Row[]).map(({ parts, purchase, ...row }) => ({
				...row,
				parts: JSON.parse(parts),
				...(purchase !== null && { purchase: JSON.parse(purchase) }),
			}));
		},
	};
}

type Row = Omit<RefundRecord, "parts" | "purchase"> & {
	readonly parts: string;
	readonly purchase: string | null;
};
