import { masked, Secret } from "../model/secret.ts";
import type { CheckResult } from "../model/self-test.ts";
import type { Paper } from "../paper.ts";
import { bodyHash } from "../pos/body-hash.ts";
import type { Rooms } from "../rooms.ts";
import { loadSelfTestWords, slipOf } from "../self-test-words.ts";
import type { PosLine } from "../selftest/check.ts";
import type { Ear } from "../selftest/ear.ts";
import type { Loop } from "../selftest/loop.ts";

type Helpers = {
	readonly line: PosLine;
	readonly ear: Ear;
	/** Whether whoever began the test wants a payment. */
	readonly payment: boolean;
	readonly paper: Paper;
};

/** The server's own 30 s for the customer, and what comes before and after, ms. */
const paymentGraceMs = 30_000;

/** What the closed loop of a self-test is made with. */
export function selfTestLoop(rooms: Rooms, { line, ear, payment, paper }: Helpers): Loop {
	const { settings, printers, sheetCards, clock, newId } = rooms;
	const { payApi, selfTest } = settings;
	return {
		...{ line, ear, clock, newKey: newId },
		scanners: settings.scanners.map(({ name }) => name),
		printers: settings.printers.map(({ name }) => name),
		stepMs: selfTest.stepMs,
		carries: (name, symbol) => {
			if (sheetCards === undefined) return "sample";
			const shape = sheetCards.shapes[symbol];
			const isDrawn = shape !== undefined && printers.find(name)?.driver.draws(symbol, shape) === true;
			return isDrawn ? "card" : "nothing";
		},
		maskedNumber: masked(new Secret(sheetCards?.number ?? "")),
		passwordsUntil: () => sheetCards?.until() ?? 0,
		payment: {
			allowed: allowed(payApi.environment, payment),
			amount: selfTest.amount,
			item: { name: "kassad selftest", article: "selftest", tax: payApi.enums.taxes[0] ?? "none" },
			paymentType: payApi.enums.paymentTypes[0] ?? "SBP",
			mostMs: payApi.poll.giveUpMs + paymentGraceMs,
		},
		printResult: async (results, printer) => printResult(results, printer, rooms, paper),
		reads: { payable: undefined, good: 0, refused: [] },
	};
}

function allowed(environment: "test" | "production", wanted: boolean) {
	if (environment === "production") return "production";
	return wanted ? "yes" : "unwanted";
}

/** The result stands in the print itself: it comes out the same after a restart. */
function printResult(
	results: readonly CheckResult[],
	printer: string,
	{ settings, journal, clock, newId }: Rooms,
	paper: Paper,
): number {
	const result = slipOf(results, loadSelfTestWords(settings.language), clock.now());
	const subject = { document: "self-test", result } as const;
	const key = newId();
	const wish = { key, bodyHash: bodyHash({ key, ...subject }), subject, printer };
	const { printId } = journal.prints.ask(wish).answer;
	paper.wake(printer);
	return printId;
}
