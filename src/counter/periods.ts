import { namedShift, periodOfShift } from "../journal/shifts.ts";
import { FaultError } from "../model/fault.ts";
import type { Period, ShiftName } from "../model/shift-report.ts";
import type { Rooms } from "../rooms.ts";

const dayMs = 86_400_000;
/** So much is counted while everybody waits for the journal; for more there is `kassad report`, a process of its own. */
const mostDays = 7;

/** What a POS program says of the time that it wants counted: a shift, or moments (wall-clock ms). */
export type AskedPeriod = {
	readonly shift?: ShiftName;
	readonly from?: number;
	readonly to?: number;
	readonly terminal?: string;
};

/**
 * The time that is meant; since midnight where the till stands, unless said.
 * @throws {FaultError} `request-invalid` when the moments make no sense, `shift-not-found`, `journal-failed`.
 */
export function periodAsked(
	{ shift, terminal, ...moments }: AskedPeriod,
	{ journal, clock, settings }: Pick<Rooms, "journal" | "clock" | "settings">,
): Period {
	const now = clock.now();
	const own = settings.store.terminalId;
	if (shift !== undefined) {
		return { ...periodOfShift(namedShift(journal.shifts, shift, terminal, own), now), own };
	}
	const { from = new Date(now).setHours(0, 0, 0, 0), to = now } = moments;
	if (from >= to || to - from > mostDays * dayMs) {
		throw new FaultError(
			"request-invalid",
			`to: expected it after from, by ${mostDays} days at most; kassad report counts more`,
		);
	}
	return { from, to, ...(terminal !== undefined && { terminal }), own };
}
