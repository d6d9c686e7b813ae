import { officeDesks } from "./counter/office.ts";
import type { Pauses } from "./counter/pauses.ts";
import { cancelDesk, paymentDesk } from "./counter/payments.ts";
import { printerDesks } from "./counter/printers.ts";
import { printDesks } from "./counter/prints.ts";
import { providersDesk } from "./counter/providers.ts";
import { receiptDesk } from "./counter/receipts.ts";
import { refundDesk } from "./counter/refunds.ts";
import { scannerDesks } from "./counter/scanners.ts";
import { scanDesks } from "./counter/scans.ts";
import { selfTestDesks } from "./counter/self-test.ts";
import { shiftDesks } from "./counter/shifts.ts";
import { toldTill } from "./counter/tills.ts";
import { FaultError } from "./model/fault.ts";
import type { CancelReason, OpenOperation } from "./model/operation.ts";
import type { Paper } from "./paper.ts";
import type { Client } from "./pos/client.ts";
import type { Methods } from "./pos/methods.ts";
import { operationView } from "./pos/views.ts";
import type { Rooms } from "./rooms.ts";
import type { Leases } from "./scan/lease.ts";
import type { Shelf } from "./scan/shelf.ts";

/** What the counter hands on to the till. */
export type Orders = {
	/** An operation that stands in the journal. Its request leaves as soon as it is on disk. */
	drive(operation: OpenOperation): void;
	cancel(operationId: string, by: Extract<CancelReason, "cashier" | "customer">): void;
	readonly paper: Paper;
	/** Aborts when the till closes. */
	readonly stop: AbortSignal;
};

/** What the counter knows of scans and scanners. */
export type Scans = {
	readonly shelf: Shelf;
	readonly leases: Leases<Client>;
	readonly leaseMs: number;
	readonly pauses: Pauses;
};

/** Where POS programs ask: each wish is checked, joined with its scan and written down before anything is done. */
export function openCounter(rooms: Rooms, scans: Scans, orders: Orders): Methods {
	const { shelf, leases, pauses } = scans;
	const { version, settings, journal } = rooms;
	const methods: Methods = {
		hello: async () => ({
			name: "kassad",
			version,
			protocol: 1,
			language: settings.language,
			seq: journal.events.lastSeq(),
		}),
		...scanDesks(rooms, scans),
		...scannerDesks(rooms, pauses),
		...printDesks(rooms, orders.paper),
		...printerDesks(rooms, orders.paper),
		...officeDesks(rooms, { paper: orders.paper, paused: () => pauses.all() }),
		...shiftDesks(rooms),
		"pay.providers": withScan(providersDesk(rooms, shelf, orders.stop), leases),
		"pay.start": withScan(paymentDesk(rooms, shelf, orders.drive), leases),
		"pay.cancel": cancelDesk(rooms, orders.cancel),
		"refund.start": refundDesk(rooms, orders.drive),
		"receipt.send": receiptDesk(rooms, orders.drive),
		"operation.get": operationDesk(rooms, orders.paper),
		...selfTestDesks(rooms, { paper: orders.paper, methods: () => methods }),
	};
	return methods;
}

/** Answers how an operation stands, its newest print with it. */
function operationDesk({ journal, explain, settings }: Rooms, paper: Paper): Methods["operation.get"] {
	return async (by) => {
		const record = journal.find("operationId" in by ? { id: by.operationId } : by);
		if (record === undefined) throw new FaultError("operation-not-found");
		const { kind, transactionId, terminal } = record;
		const till = toldTill(terminal, settings.store);
		const isPaid = kind === "payment" && transactionId !== undefined;
		const refunds = isPaid && { refunds: journal.refundsOf(transactionId) };
		const view = operationView({ ...record, ...till, ...refunds }, explain);
		return record.print ? { ...view, print: paper.viewOf(record.print) } : view;
	};
}

/** Who asks about paying with a scan deals with it: it is offered to nobody else. What is asked for goes first. */
function withScan<Wish extends { readonly scanId: string }, More extends unknown[], Answer>(
	desk: (wish: Wish, ...more: More) => Answer,
	leases: Leases<Client>,
): (wish: Wish, ...more: More) => Answer {
	return (wish, ...more) => {
		const answer = desk(wish, ...more);
		leases.used(wish.scanId);
		return answer;
	};
}
