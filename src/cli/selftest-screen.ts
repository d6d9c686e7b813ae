import { styleText } from "node:util";
import type { CheckResult, CheckState, SelfTestKind, SelfTestNews } from "../model/self-test.ts";
import { say } from "../model/sentence.ts";
import { type SelfTestWords, sayCheck, sayRemark } from "../self-test-words.ts";
import type { Screen } from "./progress.ts";
import { wrap } from "./wrap.ts";

const signs: Readonly<Record<CheckState, string>> = { green: "✓", red: "✗", skipped: "–" };
const colours = { green: "green", red: "red", skipped: "dim" } as const;

/** Columns of a terminal, of a check's title, and of its time. */
const widths = { all: 80, title: 34, time: 8 } as const;

const clearLine = "\r\u001B[2K";

/** Shows a self-test as it goes: a line for each check, with all that is to be done below what is red. */
export type SelfTestScreen = {
	show(news: SelfTestNews): void;
	/** A line of its own, such as the verdict. */
	line(text: string): void;
	/** Begins a question, behind which the answer is typed. */
	question(text: string): void;
};

/** @param screen a terminal of at least 80 columns, or anything else: there nothing is drawn over. */
export function selfTestScreen(screen: Screen, words: SelfTestWords): SelfTestScreen {
	let kind: SelfTestKind | undefined;
	let waiting = "";
	const isLive = screen.isTTY === true;
	const write = (lines: readonly string[]) => {
		screen.write(`${isLive ? clearLine : ""}${lines.join("\n")}\n${isLive ? waiting : ""}`);
	};
	const head = (next: SelfTestKind) => {
		if (next === kind) return;
		kind = next;
		write(["", words.kinds[next]]);
	};
	return {
		show: (news) => {
			if (news.type === "begun") {
				head(news.kind);
				waiting = `  … ${sayRemark(words.titles[news.title.code], news.title, words)}`;
				if (isLive) screen.write(waiting);
			} else if (news.type === "judged") {
				head(news.result.kind);
				waiting = "";
				write(checkLines(news.result, words, isLive));
			} else {
				write(wrap(`» ${sayRemark(words.prompts[news.prompt.code], news.prompt, words)}`, 4, 6));
			}
		},
		line: (text) => write(wrap(text, 0)),
		question: (text) => void screen.write(`${isLive ? clearLine : ""}    ${text}${isLive ? "" : "\n"}`),
	};
}

/** One line where it fits: sign, title, time and what is good to know. */
export function checkLines(result: CheckResult, words: SelfTestWords, isColoured: boolean): string[] {
	const { title, notes, reds } = sayCheck(result, words);
	const paint = (text: string) =>
		isColoured ? styleText(colours[result.state], text, { validateStream: false }) : text;
	// What was left out took no time: its reason has the room.
	const time = result.state === "skipped" ? "" : timeWords(result.ms, words).padStart(widths.time);
	const start = `  ${paint(signs[result.state])} ${title.padEnd(widths.title)}${time}`;
	const note = notes.join("; ");
	const used = 4 + Math.max(title.length, widths.title) + time.length;
	const fits = used + 2 + note.length <= widths.all;
	if (note !== "") return fits ? [`${start}  ${note}`] : [start.trimEnd(), ...wrap(note, 6)];
	const advice = reds.flatMap((red) => [
		...wrap(red.what, 6),
		...wrap(`${words.labels.why} ${red.why}`, 6, 8),
		...wrap(`${words.labels.do} ${red.do}`, 6, 8),
	]);
	return [start.trimEnd(), ...advice];
}

function timeWords(ms: number, { labels }: SelfTestWords): string {
	if (ms < 1_000) return say(labels.ms, { n: Math.round(ms) });
	return say(labels.s, { n: (ms / 1_000).toFixed(1) });
}
