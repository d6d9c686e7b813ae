import { type Plan, planOf } from "./plan.ts";
import { shrink } from "./shrink.ts";
import { World } from "./world.ts";

/** A seed whose day ended in a disagreement, told as simply as it can be. */
export type Failure = {
	readonly seed: number;
	readonly plan: Plan;
	readonly wrong: readonly string[];
	readonly story: readonly string[];
};

export type Result = {
	readonly seeds: number;
	/** How often each kind of mishap came true. */
	readonly mishaps: ReadonlyMap<string, number>;
	readonly failure?: Failure;
};

/** What every run of kassad leaves to the garbage when it dies may reject; nobody is there to hear it. */
export function letTheDeadRest(): void {
	process.on("unhandledRejection", (reason) => {
		if (!(reason instanceof Error) || reason.name !== "Death") throw reason;
	});
}

/** Lives the day of a plan. */
export async function liveDay(plan: Plan, folder: string) {
	const world = new World(plan, folder);
	const wrong = await world.live();
	return { wrong, story: world.story, mishaps: world.mishaps };
}

/** Lives the days of so many seeds, one after the other, until one ends in a disagreement. */
export async function simulate(first: number, seeds: number, folder: string): Promise<Result> {
	const mishaps = new Map<string, number>();
	for (let done = 0; done < seeds; done += 1) {
		const seed = first + done;
		const day = await liveDay(planOf(seed), folder);
		for (const [kind, times] of day.mishaps) mishaps.set(kind, (mishaps.get(kind) ?? 0) + times);
		if (day.wrong.length > 0) return { seeds: done + 1, mishaps, failure: await simplest(seed, folder) };
	}
	return { seeds, mishaps };
}

async function simplest(seed: number, folder: string): Promise<Failure> {
	const fails = async (plan: Plan) => (await liveDay(plan, folder)).wrong.length > 0;
	const plan = await shrink(planOf(seed), fails);
	const { wrong, story } = await liveDay(plan, folder);
	return { seed, plan, wrong, story };
}
