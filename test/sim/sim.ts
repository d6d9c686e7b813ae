import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Command, InvalidArgumentError } from "commander";
import { planOf } from "./plan.ts";
import { type Failure, letTheDeadRest, liveDay, type Result } from "./run.ts";
import type { Share } from "./worker.ts";

/** Memory if there is any: the days write much, and nothing of it is for keeps. */
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "kassad-sim-"));
/** Seeds that a worker is given at once. */
const atOnce = 50;

const about = `Lives the days of many seeds: the real till, counter, payment code, journal and print queue, against
the Pay API's simulator and a printer, in virtual time, with the mishaps that each seed brings. After each day
money, paper, database and what the cashier was told are compared. The first seed that fails is told as a story.`;

async function main(): Promise<number> {
	const { seeds, first, seed } = new Command("npm run sim --")
		.description(about)
		.option("--seeds <number>", "how many days", wholeNumber, 1_000)
		.option("--first <number>", "the first seed", wholeNumber, 1)
		.option("--seed <number>", "live this one day and tell all of it", wholeNumber)
		.parse()
		.opts<{ seeds: number; first: number; seed?: number }>();
	letTheDeadRest();
	return seed === undefined ? many(first, seeds) : one(seed);
}

function wholeNumber(text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected a whole number");
	return Number(text);
}

async function one(seed: number): Promise<number> {
	const { wrong, story } = await liveDay(planOf(seed), folder);
	console.log(story.join("\n"));
	console.log(wrong.length === 0 ? "\nAll agrees." : `\n${wrong.join("\n")}`);
	return wrong.length === 0 ? 0 : 1;
}

async function many(first: number, seeds: number): Promise<number> {
	const begun = performance.now();
	const result = await shared(first, seeds, (done) => {
		if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${seeds} seeds`);
	});
	const seconds = (performance.now() - begun) / 1_000;
	if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
	const rate = Math.round(result.seeds / seconds);
	console.log(`${result.seeds} seeds in ${seconds.toFixed(1)} s: ${rate} seeds/s`);
	for (const [kind, times] of [...result.mishaps].sort(([, a], [, b]) => b - a)) {
		console.log(`${String(times).padStart(8)}  ${kind}`);
	}
	if (result.failure === undefined) console.log("Money, paper and database agree after every day.");
	else tellFailure(result.failure);
	return result.failure === undefined ? 0 : 1;
}

function tellFailure({ seed, plan, wrong, story }: Failure): void {
	console.log(`\nSeed ${seed} fails. Its simplest story:\n`);
	console.log(story.join("\n"));
	console.log(`\n${wrong.map((line) => `WRONG: ${line}`).join("\n")}`);
	console.log(`\nThe plan: ${JSON.stringify(plan)}`);
	console.log(`The whole day again: npm run sim -- --seed ${seed}`);
}

/** Shares the seeds among the processor's cores, a portion at a time, until all are done or one fails. */
async function shared(first: number, seeds: number, tell: (done: number) => void): Promise<Result> {
	const mishaps = new Map<string, number>();
	let [next, done] = [0, 0];
	let failure: Failure | undefined;
	const work = async () => {
		await using worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: folder });
		while (next < seeds && failure === undefined) {
			const share = { first: first + next, seeds: Math.min(atOnce, seeds - next) };
			next += share.seeds;
			const result = await resultOf(share, worker);
			done += result.seeds;
			for (const [kind, times] of result.mishaps) mishaps.set(kind, (mishaps.get(kind) ?? 0) + times);
			failure ??= result.failure;
			tell(done);
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	return { seeds: done, mishaps, ...(failure && { failure }) };
}

function resultOf(share: Share, worker: Worker): Promise<Result> {
	const { promise, resolve, reject } = Promise.withResolvers<Result>();
	worker.once("message", resolve).once("error", reject);
	worker.postMessage(share);
	return promise.finally(() => worker.off("error", reject));
}

process.exitCode = await main().finally(() => rmSync(folder, { recursive: true, force: true }));
