import type { ChainHead } from "../journal/chain-head.ts";

/** As `kassad journal verify --head` takes it. */
export const headWords = ({ number, link }: ChainHead) => `${number}:${link}`;

/** Kopecks as roubles for a program: `1234,56`, without spaces between the thousands. */
export function plainRoubles(amount: number): string {
	const kopecks = Math.abs(amount);
	const sign = amount < 0 ? "-" : "";
	return `${sign}${Math.trunc(kopecks / 100)},${(kopecks % 100).toString().padStart(2, "0")}`;
}

/** ISO 8601 with the offset of the place where the till stands: `2026-11-28T18:30:00.000+03:00`. `at` is wall-clock ms. */
export function isoWithOffset(at: number): string {
	const ahead = -new Date(at).getTimezoneOffset();
	const two = (part: number) => Math.trunc(part).toString().padStart(2, "0");
	const offset = `${ahead < 0 ? "-" : "+"}${two(Math.abs(ahead) / 60)}:${two(Math.abs(ahead) % 60)}`;
	return `${new Date(at + ahead * 60_000).toISOString().slice(0, -1)}${offset}`;
}
