import { type Kopecks, roubles } from "../../model/money.ts";

/** What words are called on paper, such as `SBP: СБП`. */
export type Titles = Readonly<Record<string, string>>;

/** The title of a word; the word itself when it has none. */
export function titleOf(word: string, titles: Titles): string {
	return Object.hasOwn(titles, word) ? (titles[word] ?? word) : word;
}

/** The title of a way to pay beside its word, which reports and the bank use; the word alone when it has none. */
export function paymentTypeName(word: string | undefined, titles: Titles): string | undefined {
	return word !== undefined && Object.hasOwn(titles, word) ? `${titles[word]} (${word})` : word;
}

/** `31.12.2025 23:59:07` where the till stands. What is not a time is shown as it is written. `at` is wall-clock ms. */
export function localTime(written: string | undefined, at: number): string {
	const time = new Date(written ?? at);
	if (Number.isNaN(time.getTime())) return written ?? "";
	const two = (part: number) => part.toString().padStart(2, "0");
	const day = [two(time.getDate()), two(time.getMonth() + 1), time.getFullYear()].join(".");
	return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}

/** Kopecks that may be below 0, as the sum of a shift in which more was given back than taken. */
export function signedRoubles(amount: number): string {
	return `${amount < 0 ? "-" : ""}${roubles(Math.abs(amount) as Kopecks)}`;
}
