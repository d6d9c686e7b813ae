import { writeSync } from "node:fs";
import type { ReportLine } from "../report.ts";

/** Descriptor of the line to the world outside, which every process of a story inherits. */
const reportLine = 3;

/** Ends what hangs; an emulated machine on a busy one may be twenty times slower than a till. */
const mostMs = 180_000;

let chapter = "";

/** The facts that follow belong together. */
export function begin(title: string): void {
	chapter = title;
	console.log(`\n=== ${title}`);
}

export function report(line: ReportLine): void {
	writeSync(reportLine, `${JSON.stringify(line)}\n`);
}

/**
 * Proves one fact, and goes on either way.
 * @param prove throws when the fact does not hold; what it returns is what it has measured.
 */
export async function fact(name: string, prove: () => Promise<string | undefined>): Promise<void> {
	report({ type: "begun", chapter, fact: name });
	const begun = performance.now();
	const proven = await within(mostMs, prove()).then(
		(measured) => ({ holds: true, note: measured ?? "" }),
		(error: unknown) => ({
			holds: false,
			note: error instanceof Error ? (error.stack ?? "") : String(error),
		}),
	);
	report({ type: "proven", chapter, fact: name, ms: Math.round(performance.now() - begun), ...proven });
}

/** Rejects when the deed takes longer. */
export function within<T>(ms: number, deed: Promise<T>, what = "it"): Promise<T> {
	const { promise, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
	return Promise.race([deed, promise]).finally(() => clearTimeout(timer));
}

export function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until there is something to return. @throws after `ms`. */
export async function until<T>(
	what: string,
	look: () => T | undefined | false | Promise<T | undefined | false>,
	ms = 60_000,
): Promise<T> {
	const end = performance.now() + ms;
	for (;;) {
		const seen = await look();
		if (seen !== undefined && seen !== false) return seen;
		if (performance.now() > end) throw new Error(`waited ${ms} ms for: ${what}`);
		await sleep(5);
	}
}
