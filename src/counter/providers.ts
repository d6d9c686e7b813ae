import { FaultError, faults } from "../model/fault.ts";
import { masked } from "../model/secret.ts";
import { logAbout, msBetween, tellStep } from "../model/step.ts";
import { refuseUnlistedWords } from "../pay/listed.ts";
import { askProviders, type ProvidersAnswer } from "../pay/providers.ts";
import type { Methods } from "../pos/methods.ts";
import { providersView } from "../pos/views.ts";
import type { Rooms } from "../rooms.ts";
import type { Shelf } from "../scan/shelf.ts";
import { payableCard } from "./payable-card.ts";
import { storeOf, tillOf } from "./tills.ts";

/**
 * Asks which ways to pay the customer has. It moves no money and does not use up the scan, so it may be asked
 * beside anything else, and the POS program may start a payment without it.
 */
export function providersDesk(rooms: Rooms, shelf: Shelf, stop: AbortSignal): Methods["pay.providers"] {
	const { journal, settings, clock, newId, explain, verifier } = rooms;
	return async ({ scanId, ...purchase }) => {
		const { brand, cardNumber, cardSession, scanner } = payableCard(scanId, shelf, journal);
		refuseUnlistedWords(purchase, settings.payApi.enums);
		const [id, requestId] = [newId(), newId()];
		const { orderId, totalAmount: amount } = purchase;
		const terminal = tillOf(scanner, settings.store);
		const facts = { id, terminal, requestId, orderId, amount, brand, cardMasked: masked(cardNumber) };
		const startedAt = clock.now();
		const log = logAbout(rooms.log, { operation: id, orderId });
		const { firstAttempt } = journal.ask({ ...facts, startedAt });
		const asked = askProviders(
			{ id, requestId, purchase, cardNumber, cardSession, firstAttempt },
			{
				...rooms,
				log,
				settings: settings.payApi,
				store: storeOf(terminal, settings.store),
				diary: journal.diary(id),
				token: () => verifier.token(brand, stop),
				stop,
			},
		).catch((error: unknown) => notToldAtStop(error, stop));
		const wished = { step: "wish", outcome: "in-progress", amount } as const;
		tellStep(log, "providers begun", { ...wished, ms: msBetween(startedAt, clock.now()) });
		const answer = await asked;
		const outcome = outcomeOf(answer);
		const summary = summaryOf(answer);
		journal.answered(id, outcome, summary);
		const ms = msBetween(startedAt, clock.now());
		tellStep(log, "providers judged", { step: "outcome", ...lineOf(outcome), summary, ms });
		if (answer.kind === "told") return providersView(answer, explain);
		throw new FaultError(answer.fault, faults[answer.fault].wire422);
	};
}

/** A till that stops in the middle of the question has moved no money by it, and must not frighten the cashier. */
function notToldAtStop(error: unknown, stop: AbortSignal): ProvidersAnswer {
	if (!stop.aborted) throw error;
	return { kind: "not-told", fault: "providers-unknown" };
}

function outcomeOf(answer: ProvidersAnswer) {
	if (answer.kind === "told") return { kind: "settled" } as const;
	const { fault, wireCode } = answer;
	return { kind: "refused", fault, ...(wireCode && { wireCode }) } as const;
}

/** In the log's names. */
function lineOf({ kind: outcome, ...why }: ReturnType<typeof outcomeOf>) {
	return { outcome, ...why };
}

/** For reports: each way to pay, those that are not available in brackets. */
function summaryOf(answer: ProvidersAnswer): string {
	if (answer.kind === "not-told") return answer.fault;
	return answer.providers
		.map(({ paymentType, available }) => (available ? paymentType : `(${paymentType})`))
		.join(" ");
}
