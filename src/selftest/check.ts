import type { Observable } from "rxjs";
import type { PosEvent } from "../model/event.ts";
import type {
	CheckResult,
	CheckTitle,
	CheckVerdict,
	NoteCode,
	PromptCode,
	RedCode,
	Remark,
	SelfTestKind,
	SkipCode,
} from "../model/self-test.ts";

/** One check of a self-test, as data: the engine knows nothing of what it checks. */
export type Check = {
	/** Unlike any other's. */
	readonly name: string;
	readonly kind: SelfTestKind;
	readonly title: Remark<CheckTitle>;
	/** Names of checks that must be green first; those that are not part of this run do not count. */
	readonly needs: readonly string[];
	/** The engine gives it up after so long, ms. */
	readonly mostMs: number;
	/** What it rejects with is told as `broken`. */
	run(desk: CheckDesk): Promise<CheckVerdict>;
};

/** What a check works with while it runs. */
export type CheckDesk = {
	/** Aborts when the check is given up. */
	readonly signal: AbortSignal;
	/** Tells the technician something. */
	tell(prompt: Remark<PromptCode>): void;
	/** Asks the technician; undefined where nobody is to be asked. */
	readonly confirm: ((prompt: Remark<PromptCode>) => Promise<boolean>) | undefined;
	/** What came of the checks before. */
	results(): readonly CheckResult[];
};

/** The till as a POS program has it. */
export type PosLine = {
	/** @throws {FaultError} what the till refuses. */
	call(method: string, params: object): Promise<Readonly<Record<string, unknown>>>;
	readonly events$: Observable<PosEvent>;
};

/** A reason in a file's or a library's words; more of it helps nobody. */
const mostFactCharacters = 500;

/** An ordinary deadline of a check that waits for no person, ms. */
export const usualMs = 20_000;

/** Facts as they are known; nothing is told as a dash. */
type Facts = Readonly<Record<string, string | number>>;

export const remark = <Code extends string>(code: Code, facts: Facts = {}): Remark<Code> => ({
	code,
	facts: Object.fromEntries(
		Object.entries(facts).map(([name, value]) => [name, String(value).slice(0, mostFactCharacters) || "-"]),
	),
});

export const green = (code: NoteCode, facts: Facts = {}): CheckVerdict => ({
	state: "green",
	remarks: [remark(code, facts)],
});

export const red = (code: RedCode, facts: Facts = {}): CheckVerdict => ({
	state: "red",
	remarks: [remark(code, facts)],
});

export const skipped = (code: SkipCode, facts: Facts = {}): CheckVerdict => ({
	state: "skipped",
	remarks: [remark(code, facts)],
});
