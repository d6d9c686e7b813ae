import type { Log } from "./model/log.ts";
import type { TotpSettings } from "./model/settings/cards.ts";

/** Watches the till's clock against the server's: one-time passwords are good only while both agree. */
export type ClockWatch = {
	/**
	 * An answer of the server's: its header `Date`, and when the till sent the request and had the answer. All are ms
	 * since 1970, the latter two by the till's clock.
	 */
	saw(serverDate: number, sentAt: number, receivedAt: number): void;
	/** How far the till's clock is ahead of the server's, in ms, as far as it is known. */
	skewMs(): number | undefined;
	/** Whether the clock is so wrong that honest passwords fail. */
	isOff(): boolean;
};

/** What the till's clock is ahead, in ms: somewhere from `low` to `high`, as found at the moment `at`. */
type Estimate = { readonly low: number; readonly high: number; readonly at: number };

type State = "right" | "doubtful" | "off";

/** The header `Date` tells whole seconds: the server's clock was there, or up to so many ms later. */
const dateStepMs = 1_000;

/** A quartz without correction drifts by less: 17 s a day. */
const driftPerMs = 0.000_2;

/**
 * Keeps an estimate of the clock's skew, narrowed by every answer and widened by age. The log has a warning when the
 * skew is surely beyond half a step of the passwords, an error when it is surely beyond the steps that are accepted
 * on both sides (of the strictest brand), and a word when it is surely right again; each once.
 */
export function clockWatch(
	brands: readonly Pick<TotpSettings, "interval" | "windowSteps">[],
	log: Log,
): ClockWatch {
	const halfStepMs = Math.min(...brands.map(({ interval }) => interval * 500));
	const windowMs = Math.min(...brands.map(({ interval, windowSteps }) => interval * 1_000 * windowSteps));
	const offMs = Math.max(windowMs, halfStepMs);
	let estimate: Estimate | undefined;
	let state: State = "right";

	/** A state is kept until another one is sure. */
	const judge = ({ low, high }: Estimate): State => {
		const [least, most] = [Math.max(low, -high, 0), Math.max(high, -low)];
		if (least > offMs) return "off";
		if (state === "off" && most > offMs) return "off";
		if (least > halfStepMs) return "doubtful";
		return state === "right" || most <= halfStepMs ? "right" : "doubtful";
	};
	return {
		saw: (serverDate, sentAt, receivedAt) => {
			// No such header, or the clock was set back in between: such an answer tells nothing.
			if (!Number.isFinite(serverDate) || receivedAt < sentAt) return;
			const seen = { low: sentAt - serverDate - dateStepMs, high: receivedAt - serverDate, at: receivedAt };
			estimate = narrowed(estimate, seen);
			const before = state;
			state = judge(estimate);
			if (state !== before) tell(log, state, middle(estimate));
		},
		skewMs: () => estimate && middle(estimate),
		isOff: () => state === "off",
	};
}

/** What both say. When they contradict each other the clock has been set since, and only the new one counts. */
function narrowed(before: Estimate | undefined, seen: Estimate): Estimate {
	if (before === undefined) return seen;
	const drift = Math.max(0, seen.at - before.at) * driftPerMs;
	const low = Math.max(before.low - drift, seen.low);
	const high = Math.min(before.high + drift, seen.high);
	return low <= high ? { low, high, at: seen.at } : seen;
}

function middle({ low, high }: Estimate): number {
	return Math.round((low + high) / 2);
}

function tell(log: Log, state: State, skewMs: number): void {
	const facts = { skewMs };
	if (state === "right") log.info(facts, "the till's clock agrees with the server's");
	if (state === "doubtful")
		log.warn(facts, "the till's clock is wrong: set it, or honest cards will be refused");
	if (state === "off") log.error(facts, "the till's clock is so wrong that honest cards are refused: set it");
}
