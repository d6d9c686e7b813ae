import { hash } from "node:crypto";
import type { Clock } from "../model/clock.ts";
import type { CardParts } from "../model/scan.ts";

/** Far above what one till scans while a password lives; the oldest is forgotten first. */
const mostRemembered = 10_000;

/** Remembers which cards were accepted, for as long as their passwords are good. */
type Replays = {
	/**
	 * Takes a card whose password is good, once: false when the same card, session and password were taken before.
	 * @param until wall-clock ms from when on the password is wrong anyway.
	 */
	admit(card: CardParts, until: number): boolean;
};

export function openReplays(clock: Clock): Replays {
	const accepted = new Map<string, number>();
	/** Those accepted first have run out first, or nearly so: only the oldest are looked at. */
	const forgetOld = (now: number) => {
		for (const [card, until] of accepted) {
			if (until > now && accepted.size < mostRemembered) return;
			accepted.delete(card);
		}
	};
	return {
		admit: (card, until) => {
			const now = clock.now();
			const known = digest(card);
			if ((accepted.get(known) ?? now) > now) return false;
			forgetOld(now);
			accepted.set(known, until);
			return true;
		},
	};
}

/** Enough to know a card again, and nothing to pay with. */
function digest({ brand, prefix, cardNumber, cardSession, password }: CardParts): string {
	const facts = [brand, prefix, cardNumber.reveal(), cardSession.reveal(), password.reveal()];
	return hash("sha256", facts.join("\n"), "base64");
}
