import type { Plan, Shopper } from "./plan.ts";

/** Plans that are simpler by one thing, the boldest first. */
function simpler(plan: Plan): Plan[] {
	const { shoppers, mishaps } = plan;
	return [
		...shoppers.map((_, index) => ({ ...plan, shoppers: shoppers.toSpliced(index, 1) })),
		...mishaps.map((_, index) => ({ ...plan, mishaps: mishaps.toSpliced(index, 1) })),
		...shoppers.flatMap((shopper, index) =>
			simplerShoppers(shopper).map((one) => ({ ...plan, shoppers: shoppers.with(index, one) })),
		),
	];
}

function simplerShoppers(shopper: Shopper): Shopper[] {
	const { presses, basket, asksProviders, paysTwice, wantsCopy, manner } = shopper;
	return [
		...presses.map((_, index) => ({ ...shopper, presses: presses.toSpliced(index, 1) })),
		...presses.flatMap((press, index) =>
			press.twice ? [{ ...shopper, presses: presses.with(index, { ...press, twice: false }) }] : [],
		),
		...(basket.length > 1 ? [{ ...shopper, basket: basket.slice(0, 1) }] : []),
		...(asksProviders ? [{ ...shopper, asksProviders: false }] : []),
		...(paysTwice ? [{ ...shopper, paysTwice: false }] : []),
		...(wantsCopy ? [{ ...shopper, wantsCopy: false }] : []),
		...(manner === "nothing" ? [] : [{ ...shopper, manner: "nothing" as const }]),
		...(shopper.comesAt > 0 ? [{ ...shopper, comesAt: 0 }] : []),
	];
}

/** The simplest plan that still fails, found by leaving out one thing at a time. */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>): Promise<Plan> {
	for (const candidate of simpler(plan)) {
		if (await fails(candidate)) return shrink(candidate, fails);
	}
	return plan;
}
