import { createInterface, type Interface } from "node:readline";
import { filter } from "rxjs";
import { printerDrivers, scannerDrivers } from "../../drivers/index.ts";
import { PosError } from "../client/pos-error.ts";
import { systemClock as clock } from "../clock.ts";
import { loadConfig } from "../config.ts";
import { internalTools } from "../counter/self-test-machine.ts";
import { type FaultCode, FaultError, faults } from "../model/fault.ts";
import { type CheckResult, type SelfTestKind, type SelfTestNews, selfTestKinds } from "../model/self-test.ts";
import { say } from "../model/sentence.ts";
import { settings as whole } from "../model/settings/settings.ts";
import { selfTestNews } from "../pos/selftest-results.ts";
import {
	loadSelfTestWords,
	type SelfTestWords,
	sayCheck,
	sayVerdict,
	verdictOf,
} from "../self-test-words.ts";
import { red, remark } from "../selftest/check.ts";
import { internalChecks } from "../selftest/internal.ts";
import { runSelfTest } from "../selftest/run.ts";
import { readSections } from "./read-sections.ts";
import type { SelfTestFlags } from "./selftest.ts";
import { type Daemon, runningDaemon, startedDaemon } from "./selftest-daemon.ts";
import { type SelfTestScreen, selfTestScreen } from "./selftest-screen.ts";
import { toldToStop } from "./told-to-stop.ts";
import { version } from "./version.ts";

const sections = whole.pick({ socket: true, language: true, store: true });

type Test = {
	readonly flags: SelfTestFlags;
	readonly path: string;
	readonly words: SelfTestWords;
	readonly screen: SelfTestScreen;
	/** What came of the checks so far. */
	readonly results: CheckResult[];
};

/**
 * Proves a till and shows how it goes. The exit code is 1 when something is wrong.
 * @throws {FaultError} `config-invalid`; `self-test-running`.
 */
export async function proveTill(flags: SelfTestFlags): Promise<void> {
	const { socket, language, store } = readSections(flags.config, sections);
	const words = loadSelfTestWords(flags.language ?? language);
	// What is to be done must be seen, also where the result goes into a file.
	const screen = selfTestScreen(flags.json ? process.stderr : process.stdout, words);
	const test: Test = { flags, path: socket.path, words, screen, results: [] };
	const startedAt = clock.now();
	screen.line(say(words.head, { terminal: store.terminalId, version: version() }));
	const finished = await Promise.race([prove(test).then(() => true), toldToStop().then(() => false)]);
	const state = verdictOf(test.results);
	screen.line("");
	screen.line(sayVerdict(test.results, words));
	if (flags.json) {
		const checks = test.results.map((result) => ({ ...result, said: sayCheck(result, words) }));
		const facts = {
			terminalId: store.terminalId,
			version: version(),
			startedAt: new Date(startedAt).toISOString(),
		};
		const told = { ...facts, ms: clock.now() - startedAt, finished, state, checks };
		process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
	}
	if (!finished || state === "red") process.exitCode = 1;
}

async function prove(test: Test): Promise<void> {
	const { flags, path } = test;
	const kinds = flags.only === undefined ? selfTestKinds : [flags.only];
	const running = await runningDaemon(path).catch(() => undefined);
	if (running !== undefined) {
		await inDaemon(running, kinds, test);
		return;
	}
	const { ca, settings } = loadConfig(flags.config, process.env, {
		scanners: scannerDrivers,
		printers: printerDrivers,
	});
	const tools = internalTools({ settings, ca, clock, daemon: () => whoIsThere(path) });
	const checks = internalChecks(tools).filter(({ name }) => kinds.includes("internal") || name === "daemon");
	const walk = { clock, confirm: undefined, earlier: [] };
	await runSelfTest(checks, walk).forEach((news) => {
		take(news, test);
	});
	const rest = kinds.filter((kind) => kind !== "internal");
	const isFree = test.results.find(({ check }) => check === "daemon")?.state === "green";
	if (rest.length > 0 && isFree) await inOwnDaemon(rest, test);
}

/** Starts a daemon where none runs. */
async function inOwnDaemon(kinds: readonly SelfTestKind[], test: Test): Promise<void> {
	const { flags, path } = test;
	const begunAt = clock.now();
	const started = await startedDaemon(flags.config, path, clock);
	if (typeof started !== "string") {
		await inDaemon(started, kinds, test);
		return;
	}
	const facts = { check: "daemon:start", kind: "external", title: remark("daemon") } as const;
	const result = { ...facts, ...red("daemon-ended", { detail: started }), ms: clock.now() - begunAt };
	take({ type: "judged", result }, test);
}

/** The version of the daemon at the socket, "" when nobody is there. */
async function whoIsThere(path: string): Promise<string> {
	const running = await runningDaemon(path);
	if (running === undefined) return "";
	const { version } = await running.client.call("hello", { client: "kassad selftest" });
	await running.leave();
	return version;
}

async function inDaemon(
	{ client, leave }: Daemon,
	kinds: readonly SelfTestKind[],
	test: Test,
): Promise<void> {
	const { flags, results, screen, words } = test;
	const typed = flags.yes ? undefined : createInterface({ input: process.stdin });
	const heard = client.unasked$.pipe(filter(({ method }) => method === "selftest.news"));
	heard.subscribe(({ params }) => {
		const news = newsIn(params);
		if (news === undefined) return;
		take(news, test);
		if (news.type !== "asked" || typed === undefined) return;
		screen.question(words.question);
		void answered(typed, words).then((yes) => client.call("selftest.answer", { check: news.check, yes }));
	});
	try {
		await client.ask("selftest.run", {
			...{ only: [...kinds], payment: flags.payment, ask: flags.yes !== true },
			...(results.length > 0 && { earlier: [...results] }),
		});
	} catch (error) {
		throw faultIn(error);
	} finally {
		typed?.close();
		await leave();
	}
}

/** The daemon is of the same kassad: what it tells is as the schema says, or it is left alone. */
function newsIn(params: unknown): SelfTestNews | undefined {
	return selfTestNews.safeParse(params).success ? (params as SelfTestNews) : undefined;
}

function faultIn(error: unknown): unknown {
	if (!(error instanceof PosError)) return error;
	const { fault, detail } = error.data;
	return new FaultError(Object.hasOwn(faults, fault) ? (fault as FaultCode) : "internal-failure", detail);
}

function answered(typed: Interface, { yes }: SelfTestWords): Promise<boolean> {
	return new Promise((resolve) => {
		typed.once("line", (line) => resolve(yes.includes(line.trim().charAt(0) || "?")));
	});
}

function take(news: SelfTestNews, { results, screen }: Test): void {
	if (news.type === "judged") results.push(news.result);
	screen.show(news);
}
