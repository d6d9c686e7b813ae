import { drawTable } from "../config/table.ts";
import { masked } from "../model/secret.ts";
import { type Layouts, splitCard } from "../scan/layouts.ts";
import { type Expected, hexOf } from "../scan/recording.ts";
import type { Played } from "../scan/recording-play.ts";
import { type CardShown, cardHexLines, hexLines } from "./scan-bytes.ts";

const head = ["at, s", "what", "bytes", "content"];

/** What came out of a recording, one row for each line of bytes. A card's secrets are hidden. */
export function playedTable(played: readonly Played[], layouts: Layouts): string {
	return drawTable(
		played.flatMap((one) => rowsOf(one, layouts)),
		head,
	);
}

function rowsOf(one: Played, layouts: Layouts): string[][] {
	const at = (one.atMs / 1_000).toFixed(3);
	if (one.kind === "discarded") return [[at, "discarded", `${one.length}`, one.why]];
	if (one.kind === "picture") return [[at, "picture", `${one.picture.bytes.length}`, one.picture.form]];
	const card = splitCard(layouts, one.symbology, one.plain);
	const lines = card === undefined ? hexLines(one.content) : cardHexLines(shownOf(card, one.plain));
	const words = card === undefined ? [] : [`card of ${card.brand}: ${masked(card.cardNumber)}`];
	const [first = "", ...rest] = [...words, ...lines];
	return [[at, one.symbology, `${one.content.length}`, first], ...rest.map((line) => ["", "", "", line])];
}

function shownOf(card: NonNullable<ReturnType<typeof splitCard>>, content: Uint8Array): CardShown {
	if ("prefix" in card) return card;
	const prefixLength = content.length - card.cardNumber.reveal().length;
	return { ...card, prefix: Buffer.from(content.subarray(0, prefixLength)).toString("latin1") };
}

/** How what came out differs from what the recording says must; nothing when it does not. */
export function differences(played: readonly Played[], expected: readonly Expected[]): string[] {
	const got = played.flatMap((one) => (one.kind === "discarded" ? [] : [gotWords(one)]));
	const wanted = expected.map(expectedWords);
	const length = Math.max(got.length, wanted.length);
	return Array.from({ length }, (_, index) => index)
		.filter((index) => got[index] !== wanted[index])
		.map((index) => `read ${index + 1}: expected ${wanted[index] ?? "none"}, got ${got[index] ?? "none"}`);
}

function gotWords(one: Exclude<Played, { kind: "discarded" }>): string {
	if (one.kind === "picture") return `picture ${one.picture.form} of ${one.picture.bytes.length} bytes`;
	return `${one.symbology} ${hexOf(one.content)}`;
}

function expectedWords(one: Expected): string {
	return "picture" in one
		? `picture ${one.picture} of ${one.bytes} bytes`
		: `${one.symbology} ${hexOf(one.hex)}`;
}
