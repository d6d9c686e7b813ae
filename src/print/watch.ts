import { isDeepStrictEqual } from "node:util";
import { BehaviorSubject, distinctUntilChanged, type Observable } from "rxjs";
import type { FaultCode } from "../model/fault.ts";
import { type PrinterConditions, type PrinterStatus, stopOf } from "../model/printer.ts";

/** What is known of one printer, whoever finds it out. */
export type Watch = {
	now(): PrinterStatus;
	/** What is known now, and every change of it. */
	readonly status$: Observable<PrinterStatus>;
	tell(status: PrinterStatus): void;
	/** Completes `status$`. */
	close(): void;
};

export function openWatch(): Watch {
	const known$ = new BehaviorSubject<PrinterStatus>({ state: "away", detail: "not reached yet" });
	return {
		now: () => known$.value,
		status$: known$.pipe(distinctUntilChanged<PrinterStatus>(isDeepStrictEqual)),
		tell: (status) => known$.next(status),
		close: () => known$.complete(),
	};
}

export const readable = (conditions: PrinterConditions): PrinterStatus => ({ state: "readable", conditions });

/** Why a printer of which this is known does not print, as far as it tells. */
export function stopIn(status: PrinterStatus): FaultCode | undefined {
	return status.state === "readable" ? stopOf(status.conditions) : undefined;
}
