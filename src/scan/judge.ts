import type { Clock } from "../model/clock.ts";
import type { CardParts, PasswordVerdict, Verifier } from "../model/scan.ts";

/** How long a verifier may take, in ms: the cashier waits for it with the card in the customer's hand. */
const verifyWithinMs = 2_000;

/**
 * The verifier's word on a card, or `password-unchecked` when it fails or takes too long; the card is then as good as
 * an old one. A wrong password is `clock-off` when the till's own clock makes honest ones wrong. Never rejects.
 */
export async function judge(
	verifier: Verifier,
	card: CardParts,
	clock: Clock,
	clockIsOff: () => boolean,
): Promise<PasswordVerdict> {
	const verdict = await verdictInTime(verifier, card, clock);
	const isClocksFault = !verdict.good && verdict.fault === "password-wrong" && clockIsOff();
	return isClocksFault ? { good: false, fault: "clock-off" } : verdict;
}

async function verdictInTime(verifier: Verifier, card: CardParts, clock: Clock): Promise<PasswordVerdict> {
	const over = new AbortController();
	const unchecked = (): PasswordVerdict => ({ good: false, fault: "password-unchecked" });
	try {
		const verdict = verifier.verify(card, over.signal);
		// Who knows at once needs no deadline, and there is nothing to end.
		if (!(verdict instanceof Promise)) return verdict;
		const tooLate = clock.sleep(verifyWithinMs, over.signal).then(unchecked, unchecked);
		return await Promise.race([verdict, tooLate]).finally(() => over.abort("judged"));
	} catch {
		return unchecked();
	}
}
