import type { FaultCode } from "./fault.ts";
import type { Kopecks } from "./money.ts";
import type { Slip } from "./slip.ts";

type Kind = "payment" | "refund";

/** What a till did between two moments, as the journal has it. */
export type ShiftReport = {
	/** Wall-clock ms, `from` inclusive, `to` exclusive. */
	readonly from: number;
	readonly to: number;
	readonly storeId: string;
	readonly terminalId: string;
	/** Its number, when it is a shift that was opened. */
	readonly shift?: number;
	readonly totals: Totals;
	/** Settled operations in order of their beginning, with the columns of the integration checklist. */
	readonly rows: readonly ShiftRow[];
	/** How many operations of the time have no known outcome yet. */
	readonly unknown: number;
};

/** By kind and way to pay; money that moved, and nothing else. */
export type Totals = readonly {
	readonly kind: Kind;
	/** The bank's word; undefined when its slip did not come. */
	readonly paymentType?: string;
	readonly count: number;
	/** Kopecks. A sum may have more digits than the Pay API allows an amount. */
	readonly sum: number;
}[];

/** What was begun between two moments, wall-clock ms, `from` inclusive, `to` exclusive. */
export type Period = {
	readonly from: number;
	readonly to: number;
	/** Only at this till. */
	readonly terminal?: string;
	/** Only of the shift with this number. */
	readonly shift?: number;
	/** The till to which belongs what names none. */
	readonly own?: string;
};

/** A shift by its number, or by where it stands among those of its till: it goes on, or was the last to be closed. */
export type ShiftName = number | "current" | "last";

/** A shift of a till. */
export type Shift = {
	readonly number: number;
	/** The till's terminalId. */
	readonly terminal: string;
	/** Wall-clock ms, as the next. What is begun in it belongs to it, both moments included. */
	readonly openedAt: number;
	/** Absent while it goes on. */
	readonly closedAt?: number;
};

export type ShiftRow = {
	readonly kind: Kind;
	readonly at: number;
	readonly amount: Kopecks;
	readonly orderId: string;
	readonly requestId: string;
	readonly paymentTransactionId?: string;
	readonly refundTransactionId?: string;
	readonly paymentType?: string;
	readonly qrcId?: string;
	readonly kzo?: string;
};

/** A payment or a refund, whatever came of it. */
export type LedgerRow = Omit<ShiftRow, "paymentType" | "qrcId" | "kzo"> & {
	readonly state: "in-progress" | "unknown" | "settled" | "refused";
	readonly fault?: FaultCode;
	/** The terminalId of its till, where the journal or the slip tells. */
	readonly terminal?: string;
	/** The number of the shift in which it was begun, if there was one. */
	readonly shift?: number;
	/** The documented fields that the bank's slip has; empty where no slip came. */
	readonly slip: Omit<Slip, "unlisted">;
};
