import { FaultError } from "../model/fault.ts";

/** A failure for the technician. */
export function wordsOf(error: unknown): string {
	if (error instanceof FaultError) return error.detail;
	return error instanceof Error ? error.message : String(error);
}
