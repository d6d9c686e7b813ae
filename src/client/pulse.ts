import type { Clock } from "../model/clock.ts";
import { NoAnswer } from "./pos-error.ts";
import type { Session } from "./session.ts";

/** So many beats without a word, and the other side is gone; kassad thinks the same of us. */
const mostSilentBeats = 3;

/**
 * Says something once in `everyMs` ms, which kassad answers, and gives a kassad up that says nothing for three times as
 * long. It counts beats rather than asking the clock: a clock that is set gives nobody up.
 */
export async function keepPulse(session: Session, everyMs: number, clock: Clock): Promise<void> {
	const end = new AbortController();
	void session.over.then(() => end.abort());
	const slept = () =>
		clock.sleep(everyMs, end.signal).then(
			() => true,
			() => false,
		);
	let silentBeats = 0;
	while (await slept()) {
		silentBeats = session.takePulse() ? 0 : silentBeats + 1;
		if (silentBeats >= mostSilentBeats) {
			session.close(new NoAnswer("ended", `kassad has said nothing for ${mostSilentBeats * everyMs} ms`));
			return;
		}
		session.ask("ping", {}).catch(() => undefined);
	}
}
