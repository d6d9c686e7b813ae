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
	/** By kind and way to pay; money that moved, and nothing else. */
	readonly totals: readonly {
		readonly kind: Kind;
		/** The bank's word; undefined when its slip did not come. */
		readonly paymentType?: string;
		readonly count: number;
		/** Kopecks. A sum may have more digits than the Pay API allows an amount. */
		readonly sum: number;
	}[];
	/** Settled operations in order of their beginning, with the columns of the integration checklist. */
	readonly rows: readonly ShiftRow[];
	/** How many operations of the time have no known outcome yet. */
	readonly unknown: number;
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
	/** The documented fields that the bank's slip has; empty where no slip came. */
	readonly slip: Omit<Slip, "unlisted">;
};
