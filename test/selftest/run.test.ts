import { firstValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { SelfTestNews } from "../../src/model/self-test.ts";
import { type Check, green, red, remark } from "../../src/selftest/check.ts";
import { runSelfTest } from "../../src/selftest/run.ts";

const tools = { clock: systemClock, confirm: undefined, earlier: [] };

function checkOf(name: string, run: Check["run"], own: Partial<Check> = {}): Check {
	return { name, kind: "internal", title: remark("disk"), needs: [], mostMs: 10_000, run, ...own };
}

const all = (checks: readonly Check[], own: Partial<Parameters<typeof runSelfTest>[1]> = {}) =>
	firstValueFrom(runSelfTest(checks, { ...tools, ...own }).pipe(toArray()));

/** What came of each check: its state and the first remark's code. */
const judged = (news: readonly SelfTestNews[]) =>
	news.flatMap((one) => {
		if (one.type !== "judged") return [];
		return [[one.result.check, one.result.state, one.result.remarks[0]?.code]];
	});

test("checks run in their order, one after the other, and each is told when it begins and ends", async () => {
	let running = 0;
	const run = async () => {
		running += 1;
		expect(running).toBe(1);
		await systemClock.sleep(1);
		running -= 1;
		return green("texts");
	};
	const news = await all([checkOf("a", run), checkOf("b", run)]);
	const told = news.map((one) => [one.type, one.type === "judged" ? one.result.check : one.check]);
	expect(told).toEqual([
		["begun", "a"],
		["judged", "a"],
		["begun", "b"],
		["judged", "b"],
	]);
});

test("what needs a check that is not green is skipped and names it; what is not part of the run does not count", async () => {
	const fine = async () => green("texts");
	const news = await all([
		checkOf("a", async () => red("disk-full")),
		checkOf("b", fine, { needs: ["a"] }),
		checkOf("c", fine, { needs: ["b"] }),
		checkOf("d", fine, { needs: ["elsewhere"] }),
	]);
	expect(judged(news)).toEqual([
		["a", "red", "disk-full"],
		["b", "skipped", "needs"],
		["c", "skipped", "needs"],
		["d", "green", "texts"],
	]);
	const skipped = news.flatMap((one) => (one.type === "judged" ? [one.result.remarks[0]?.facts.check] : []));
	expect(skipped).toEqual([undefined, "a", "b", undefined]);
});

test("what was found elsewhere before counts for the needs", async () => {
	const before = { check: "a", kind: "internal", title: remark("disk"), ms: 1, ...red("disk-full") } as const;
	const news = await all([checkOf("b", async () => green("texts"), { needs: ["a"] })], { earlier: [before] });
	expect(judged(news)).toEqual([["b", "skipped", "needs"]]);
});

test("a check that fails is red with its words, one that takes too long is red, and the run goes on", async () => {
	const news = await all([
		checkOf("a", async () => {
			throw new FaultError("printer-unreachable", "nobody there");
		}),
		checkOf("b", () => new Promise(() => undefined), { mostMs: 5 }),
		checkOf("c", async () => green("texts")),
	]);
	expect(judged(news)).toEqual([
		["a", "red", "broken"],
		["b", "red", "too-slow"],
		["c", "green", "texts"],
	]);
	expect(JSON.stringify(news)).toContain("printer-unreachable: nobody there");
});

test("a question is told, and its answer comes back; where nobody is asked a check knows it", async () => {
	const look: Check["run"] = async ({ confirm }) =>
		(await confirm?.(remark("look"))) === true ? green("letters-right") : red("letters-wrong");
	const asked: string[] = [];
	const confirm = async (check: string) => {
		asked.push(check);
		return true;
	};
	expect(judged(await all([checkOf("a", look)], { confirm }))).toEqual([["a", "green", "letters-right"]]);
	expect(asked).toEqual(["a"]);
	expect(judged(await all([checkOf("a", look)]))).toEqual([["a", "red", "letters-wrong"]]);
});

test("when nobody listens any more nothing more is begun, and what runs is told to end", async () => {
	const begun: string[] = [];
	let ended = false;
	const { promise, resolve } = Promise.withResolvers<void>();
	const first: Check["run"] = ({ signal }) =>
		new Promise((_, reject) => {
			begun.push("a");
			signal.addEventListener("abort", () => {
				ended = true;
				reject(signal.reason);
				resolve();
			});
		});
	const second: Check["run"] = async () => {
		begun.push("b");
		return green("texts");
	};
	const listening = runSelfTest([checkOf("a", first), checkOf("b", second)], tools).subscribe();
	listening.unsubscribe();
	await promise;
	await new Promise((over) => setImmediate(over));
	expect([begun, ended]).toEqual([["a"], true]);
});
