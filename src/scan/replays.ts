import { createHash } from "node:crypto";
import type { Clock } from "../model/clock.ts";
import type { CardParts } from "../model/scan.ts";

/** Far above what one till scans while a password lives; the oldest is forgotten first. */
const mostRemembered = 10_000;

/** Remembers which cards were accepted, for as long as their passwords are good. */
type Replays = {
	/** Whether the same card, session and password were accepted before. */
	has(card: CardParts): boolean;
	/** `until`: wall-clock ms from when on the password is wrong anyway. */
	remember(card: CardParts, until: number): void;
};

export function openReplays(clock: Clock): Replays {
	const accepted = new Map<string, number>();
	const forgetOld = () => {
		const now = clock.now();
		for (const [card, until] of accepted) if (until <= now) accepted.delete(card);
	};
	return {
		has: (card) => {
			forgetOld();
			return accepted.has(digest(card));
		},
		remember: (card, until) => {
			const [oldest] = accepted.keys();
			if (accepted.size >= mostRemembered && oldest !== undefined) accepted.delete(oldest);
			accepted.set(digest(card), until);
		},
	};
}

/** Enough to know a card again, and nothing to pay with. */
function digest({ brand, prefix, cardNumber, cardSession, password }: CardParts): string {
	const facts = [brand, prefix, cardNumber.reveal(), cardSession.reveal(), password.reveal()];
	return createHash("sha256").update(facts.join("\n")).digest("base64");
}
