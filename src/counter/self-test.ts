import { fromEvent, takeUntil, tap } from "rxjs";
import { FaultError } from "../model/fault.ts";
import { type CheckResult, type SelfTestKind, type SelfTestNews, selfTestKinds } from "../model/self-test.ts";
import type { Paper } from "../paper.ts";
import type { Client } from "../pos/client.ts";
import { checkedCalls, type Methods } from "../pos/methods.ts";
import type { SelfTestMethods, SelfTestView } from "../pos/selftest-methods.ts";
import type { Rooms } from "../rooms.ts";
import {
	loadSelfTestWords,
	type SelfTestWords,
	sayCheck,
	sayRemark,
	sayVerdict,
	verdictOf,
} from "../self-test-words.ts";
import type { Check, PosLine } from "../selftest/check.ts";
import { Ear } from "../selftest/ear.ts";
import { externalChecks } from "../selftest/external.ts";
import { internalChecks } from "../selftest/internal.ts";
import { loopChecks } from "../selftest/loop.ts";
import { runSelfTest } from "../selftest/run.ts";
import { selfTestLoop } from "./self-test-loop.ts";
import { outsideOf } from "./self-test-outside.ts";

/** What the desk asks of the till besides. */
type Helpers = {
	readonly paper: Paper;
	/** All that POS programs may ask: the loop asks as one of them. */
	methods(): Methods;
};

/** Where a technician has the till prove itself; once at a time, since there is one counter with its devices. */
export function selfTestDesks(rooms: Rooms, helpers: Helpers): SelfTestMethods {
	const questions = new Map<string, (yes: boolean) => void>();
	let running = false;
	return {
		"selftest.run": async (params, client) => {
			if (running) throw new FaultError("self-test-running");
			running = true;
			const ear = new Ear(rooms.journal.events.live$);
			try {
				return await run(params, { rooms, helpers, client, ear, questions });
			} finally {
				ear.close();
				questions.clear();
				running = false;
			}
		},
		"selftest.answer": async ({ check, yes }) => {
			const answer = questions.get(check);
			if (answer === undefined) throw new FaultError("request-invalid", `check: ${check} asks nothing now`);
			questions.delete(check);
			answer(yes);
			return { check };
		},
	};
}

type Run = {
	readonly rooms: Rooms;
	readonly helpers: Helpers;
	readonly client: Client;
	readonly ear: Ear;
	readonly questions: Map<string, (yes: boolean) => void>;
};

type Params = Parameters<SelfTestMethods["selftest.run"]>[0];

/** Runs what is asked for and tells the client; ends early when the client has gone. */
async function run(
	{ only = [...selfTestKinds], payment, ask, earlier = [] }: Params,
	run: Run,
): Promise<SelfTestView> {
	const { rooms, client, questions } = run;
	const words = loadSelfTestWords(rooms.settings.language);
	const results: CheckResult[] = [];
	const answer = (check: string, signal: AbortSignal) =>
		new Promise<boolean>((resolve, reject) => {
			questions.set(check, resolve);
			signal.addEventListener("abort", () => reject(signal.reason), { once: true });
		});
	const confirm = ask ? answer : undefined;
	await runSelfTest(checksOf(only, payment, run), { clock: rooms.clock, confirm, earlier })
		.pipe(
			takeUntil(fromEvent(client.gone, "abort")),
			tap((news) => {
				if (news.type === "judged") results.push(news.result);
			}),
		)
		.forEach((news) => {
			client.notify("selftest.news", newsView(news, words));
		});
	const checks = results.map((result) => ({ ...result, said: sayCheck(result, words) }));
	const all = [...earlier, ...results];
	return { state: verdictOf(all), verdict: sayVerdict(all, words), checks };
}

function checksOf(
	only: readonly SelfTestKind[],
	payment: boolean,
	{ rooms, helpers, ear }: Run,
): readonly Check[] {
	const line = lineTo(helpers, rooms);
	const wanted = (kind: SelfTestKind, checks: () => readonly Check[]) =>
		only.includes(kind) ? checks() : [];
	return [
		...wanted("internal", () => (rooms.machine ? internalChecks(rooms.machine) : [])),
		...wanted("external", () => externalChecks(outsideOf(rooms, line))),
		...wanted("interactive", () =>
			loopChecks(selfTestLoop(rooms, { line, ear, payment, paper: helpers.paper })),
		),
	];
}

/** The till asks itself as a POS program would, behind the same schemas. */
function lineTo({ methods }: Helpers, { journal }: Rooms): PosLine {
	const calls = checkedCalls(methods());
	return {
		call: async (method, params) => {
			const call = calls.get(method);
			if (call === undefined) throw new FaultError("method-unknown", method);
			return (await call(params)) as Readonly<Record<string, unknown>>;
		},
		events$: journal.events.live$,
	};
}

/** News as a client reads them: with their sentence in the till's language. */
function newsView(news: SelfTestNews, words: SelfTestWords): object {
	if (news.type === "begun") {
		return { ...news, text: sayRemark(words.titles[news.title.code], news.title, words) };
	}
	if (news.type === "judged") {
		const { type, result } = news;
		const said = sayCheck(result, words);
		return { type, check: result.check, text: `${said.title}: ${said.mark}`, result: { ...result, said } };
	}
	return { ...news, text: sayRemark(words.prompts[news.prompt.code], news.prompt, words) };
}
