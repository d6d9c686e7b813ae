import { deepEqual, equal, ok } from "node:assert/strict";
import { fact, until } from "../fact.ts";
import type { Till } from "../till.ts";

/**
 * What a till promises from the cable's return to a scanner that can be used. An emulated machine beside other programs
 * is now and then much slower than a till; its best cycle is still as fast as the program lets it be.
 */
const mostAwayMs = 2_000;
const cycles = 5;

/** A scanner that is plugged in and open under this name. */
type Replugged = {
	readonly name: string;
	unplug(): unknown;
	plug(): unknown;
	/** Sends the beginning of a code. */
	sayHalf(): Promise<void>;
	show(text: string): Promise<void>;
};

/** Pulls the cable in the middle of a scan and puts it back, again and again. Both kinds of device keep these facts. */
export async function tellReplugs(till: Till, scanner: Replugged): Promise<void> {
	const open = shapes(till.descriptors());
	await fact("it is usable again after each replug, and half a scan is none", async () => {
		const took: number[] = [];
		for (let cycle = 1; cycle <= cycles; cycle += 1)
			took.push(await replug(till, scanner, `replug ${cycle}`));
		ok(Math.min(...took) <= mostAwayMs, `after ${took.join(", ")} ms`);
		return `after ${took.join(", ")} ms`;
	});
	await fact("the daemon has as much open as before", async () => {
		const isSame = () => shapes(till.descriptors()).join() === open.join();
		await until("the old descriptors", isSame, 2_000).catch(() =>
			deepEqual(shapes(till.descriptors()), open),
		);
		return `${open.length} descriptors`;
	});
}

/** Resolves with how long the scanner was away once its cable was back, ms. */
async function replug(
	till: Till,
	{ name, unplug, plug, sayHalf, show }: Replugged,
	text: string,
): Promise<number> {
	await sayHalf();
	till.forget();
	await unplug();
	await till.device(name, "away");
	await plug();
	const plugged = performance.now();
	await till.device(name, "back");
	const took = Math.round(performance.now() - plugged);
	await show(text);
	equal((await till.scan()).text, text);
	return took;
}

/** Without the numbers that sockets and device files have. */
function shapes(descriptors: readonly string[]): readonly string[] {
	return descriptors.map((target) => target.replace(/\d+\]?$/, "")).sort();
}
