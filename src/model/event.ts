/**
 * What the POS hears. Transient events (scans, devices, printers, a print that waits) are kept in memory, the others in
 * the journal.
 */
export type PosEvent = {
	/** Rises by at least one from event to event, over restarts too. */
	readonly seq: number;
	readonly type: "scan" | "device" | "operation" | "print" | "printer";
	/** ISO 8601 with offset. */
	readonly at: string;
	readonly body: Readonly<Record<string, unknown>>;
};
