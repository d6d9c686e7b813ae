import { cancelDesk, paymentDesk } from "./counter/payments.ts";
import { providersDesk } from "./counter/providers.ts";
import { receiptDesk } from "./counter/receipts.ts";
import { refundDesk } from "./counter/refunds.ts";
import { FaultError } from "./model/fault.ts";
import type { CancelReason, OpenOperation } from "./model/operation.ts";
import type { Methods } from "./pos/methods.ts";
import { operationView, scanContent } from "./pos/views.ts";
import type { Rooms } from "./rooms.ts";
import type { Shelf } from "./scan/shelf.ts";

/** What the counter hands on to the till. */
export type Orders = {
	/** An operation that stands in the journal. Its request leaves before this returns. */
	drive(operation: OpenOperation): void;
	cancel(operationId: string, by: Extract<CancelReason, "cashier" | "customer">): void;
	/** Aborts when the till closes. */
	readonly stop: AbortSignal;
};

/** Where POS programs ask: each wish is checked, joined with its scan and written down before anything is done. */
export function openCounter(rooms: Rooms, shelf: Shelf, orders: Orders): Methods {
	const { version, settings, journal, explain } = rooms;
	return {
		hello: async () => ({
			name: "kassad",
			version,
			protocol: 1,
			language: settings.language,
			seq: journal.events.lastSeq(),
		}),
		"scan.take": async ({ scanId }) => scanContent(shelf.look(scanId)),
		"pay.providers": providersDesk(rooms, shelf, orders.stop),
		"pay.start": paymentDesk(rooms, shelf, orders.drive),
		"pay.cancel": cancelDesk(rooms, orders.cancel),
		"refund.start": refundDesk(rooms, orders.drive),
		"receipt.send": receiptDesk(rooms, orders.drive),
		"operation.get": async (by) => {
			const record = journal.find("operationId" in by ? { id: by.operationId } : by);
			if (record === undefined) throw new FaultError("operation-not-found");
			const { kind, transactionId } = record;
			if (kind !== "payment" || transactionId === undefined) return operationView(record, explain);
			return operationView({ ...record, refunds: journal.refundsOf(transactionId) }, explain);
		},
	};
}
