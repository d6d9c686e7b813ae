import type { FaultCode } from "../model/fault.ts";
import type { Discarded } from "../model/read.ts";
import type { PayableScan, Scan } from "../model/scan.ts";
import { masked } from "../model/secret.ts";
import type { BrandSettings } from "../model/settings/cards.ts";
import type { PlugNews } from "../scanners/plug-news.ts";
import { cardHexLines, hexLines, textShown } from "./scan-bytes.ts";
import { almostCard, prefixOf } from "./scan-cards.ts";
import type { HintingVerifier, LiveNews } from "./scan-live.ts";

export type Mood = "good" | "bad" | "quiet";

export type Drawing = { readonly mood: Mood; readonly lines: readonly string[] };

/** Of colours; text without any on a screen that has none. */
export type Paint = (mood: Mood, text: string) => string;

type Facts = {
	readonly brands: readonly BrandSettings[];
	readonly stepsOff: HintingVerifier["stepsOff"];
	/** Why a brand's passwords cannot be checked here. */
	readonly unchecked: (brand: string) => string | undefined;
};

const indent = " ".repeat(14);

/** What a technician sees of one piece of news. A card's session and password, and its number's middle, are in none. */
export function drawn({ at, news, latencyMs }: LiveNews, facts: Facts, paint: Paint): Drawing {
	const { mood, first, rest } = told(news, facts);
	const scanner = scannerIn(news);
	const latency = news.type === "scan" ? `  (${latencyMs} ms)` : "";
	const head = `${timeOf(at)}  ${scanner}  ${paint(mood, first)}${latency}`;
	return { mood, lines: [head, ...rest.map((line) => `${indent}${line}`)] };
}

function scannerIn(news: LiveNews["news"]): string {
	if (news.type === "scan") return news.scan.scanner;
	return news.type === "found" ? "new" : news.scanner;
}

type Told = { readonly mood: Mood; readonly first: string; readonly rest: readonly string[] };

function told(news: LiveNews["news"], facts: Facts): Told {
	switch (news.type) {
		case "scan":
			return toldScan(news.scan, facts);
		case "discarded": {
			const first = `${news.length} bytes are no read: ${discardedWords[news.why]}`;
			return { mood: "bad", first, rest: [] };
		}
		case "away":
			return { mood: "bad", first: `is away: ${news.gone.detail}`, rest: [] };
		case "back":
			return { mood: "quiet", first: "is there", rest: [] };
		default:
			return { mood: "quiet", first: plugWords(news), rest: [] };
	}
}

function plugWords(news: PlugNews): string {
	if (news.type === "found") {
		const adding = `add it with driver: ${news.driver}, path: ${plain(news.path)}`;
		return `plugged in, and no scanner of the settings: ${adding}`;
	}
	const change = `${plain(news.from)} -> ${plain(news.to)}`;
	return news.type === "moved"
		? `sits in another USB socket: ${change}`
		: `is another device by its serial number: ${change}`;
}

/** A device's own words, without what would move a terminal's cursor. */
function plain(words: string): string {
	return words.replace(/\p{C}/gu, "·");
}

const discardedWords: Readonly<Record<Discarded["why"], string>> = {
	"too-long":
		"no end came, look at `framing` and `line` in the settings; or it is a picture above `pictures.mostBytes`",
	"between-frames": "they came where a start mark was expected",
	unfinished: "the rest did not come",
	checksum: "damaged on their way",
	"not-a-read": "a packet, report or picture without a code",
};

function toldScan(scan: Scan, facts: Facts): Told {
	if (scan.kind === "foreign") return toldForeign(scan, facts);
	const prefix = prefixOf(scan, facts.brands);
	const rest = cardHexLines({ ...scan, prefix });
	const card = `${scan.symbology}, card of ${scan.brand} ${masked(scan.cardNumber)}`;
	if (scan.kind === "loyalty") return { mood: "good", first: `${card}, without a password`, rest };
	const session = `session of ${scan.cardSession.reveal().length}`;
	const mood = scan.verdict.good ? "good" : "bad";
	return { mood, first: `${card}, ${session}, ${verdictWords(scan, facts)}`, rest };
}

function toldForeign(scan: Extract<Scan, { kind: "foreign" }>, { brands }: Facts): Told {
	const { bytes, symbology } = scan;
	const almost = almostCard(bytes, brands);
	if (almost !== undefined) {
		const first = `${symbology}, ${bytes.length} bytes with what may be a card of ${almost}`;
		return { mood: "bad", first, rest: ["not shown; as a card it fits no layout in the settings"] };
	}
	return {
		mood: "good",
		first: `${symbology}, ${bytes.length} bytes ${textShown(bytes)}`,
		rest: hexLines(bytes),
	};
}

function verdictWords({ verdict, brand, cardSession }: PayableScan, facts: Facts): string {
	if (verdict.good)
		return verdict.stepsOff === 0 ? "password good" : `password good, ${off(verdict.stepsOff)}`;
	const steps = facts.stepsOff(cardSession);
	if (steps !== undefined) return `password wrong, it may be ${off(steps)}: compare the clocks`;
	const why = verdict.fault === "password-unchecked" ? facts.unchecked(brand) : undefined;
	return why ?? faultWords[verdict.fault] ?? `password: ${verdict.fault}`;
}

const faultWords: Readonly<Partial<Record<FaultCode, string>>> = {
	"password-wrong": "password wrong",
	"password-replayed": "password good, but shown before",
	"password-unchecked": "password not checked: the verifier did not answer",
	"clock-off": "password wrong, and so is the till's clock",
};

function off(steps: number): string {
	const count = Math.abs(steps);
	return `${count} step${count === 1 ? "" : "s"} ${steps < 0 ? "old" : "early"}`;
}

function timeOf(at: number): string {
	const date = new Date(at);
	const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) =>
		`${part}`.padStart(2, "0"),
	);
	return `${hours}:${minutes}:${seconds}.${`${date.getMilliseconds()}`.padStart(3, "0")}`;
}
