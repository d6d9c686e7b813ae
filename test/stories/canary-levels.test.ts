import { expect, onTestFinished, test } from "vitest";
import { misuseCards, payThroughDeath, wholePurchase } from "./canary-day.ts";
import { escapedCanaries } from "./canary-search.ts";
import { openCanaryTill } from "./canary-till.ts";

// The most talkative one has stories of its own.
test.each(["debug", "info", "warn", "error"] as const)(
	"at the level %s nothing secret is written, whatever ends the daemon",
	async (level) => {
		const till = await openCanaryTill(level);
		onTestFinished(() => till.strike());
		await till.listen();
		await payThroughDeath(till);
		await misuseCards(till);
		await wholePurchase(till);
		await till.stage.daemon.stop();
		expect(escapedCanaries(till.canaries(), till.writings())).toEqual([]);
	},
	60_000,
);
