import { type Slip, slipFields } from "../model/slip.ts";
import type { Database } from "./database.ts";

/** The bank's facts of each payment. */
export type Slips = {
	/** Inside the transaction of what it belongs to. */
	keep(operationId: string, slip: Slip): void;
	of(operationId: string): Slip | undefined;
};

export function openSlips(database: Database): Slips {
	const columns = ["operation", ...slipFields, "whole"];
	const insert = database.prepare(
		`INSERT INTO slips (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
	);
	const select = database.prepare("SELECT whole FROM slips WHERE operation = ?");
	return {
		keep: (operationId, slip) => {
			const fields = slipFields.map((field) => slip[field] ?? null);
			insert.run(operationId, ...fields, JSON.stringify(slip));
		},
		// The columns are for the reports. JSON alone keeps every text as it came, broken surrogates too.
		of: (operationId) => {
			const row = select.get(operationId) as { whole: string } | undefined;
			return row && (JSON.parse(row.whole) as Slip);
		},
	};
}
