import { join } from "node:path";
import { z } from "zod";
import { findingLines, findingsOf } from "./config/findings.ts";
import { readYaml } from "./config/yaml.ts";
import { type FaultCode, FaultError, faults } from "./model/fault.ts";
import { type Notice, notices } from "./model/notice.ts";
import type { Language } from "./model/settings/settings.ts";

/** What the cashier reads: at most three lines of 40 characters together. */
type Message = { readonly title: string; readonly text: string };

/** Values for the `{names}` in a message. */
export type Holes = Readonly<Record<string, string | number | undefined>>;

export type Messages = {
	/** The message for a fault, its holes filled; a hole that nobody fills shows `?`. */
	explain(about: FaultCode | Notice, holes?: Holes): Message;
};

/** A filled hole longer than this would push the advice off the display. */
const mostHoleCharacters = 20;

const shipped = join(import.meta.dirname, "../config");

const sentence = z.string({ error: "expected text" }).min(1, { error: "expected text that is not empty" });

/**
 * Reads the cashier's messages of one language. `standing` fills holes in all of them, such as `minutes`.
 * @throws {FaultError} `config-invalid` when a fault or a notice has no message, or a message neither; all are listed.
 */
export function loadMessages(language: Language, standing: Holes = {}, folder = shipped): Messages {
	const path = join(folder, `messages.${language}.yaml`);
	const file = readYaml(path);
	const parsed = z.strictObject(messageForEach()).safeParse(file.value);
	if (!parsed.success) {
		const findings = findingsOf(parsed.error.issues, file.value);
		throw new FaultError("config-invalid", findingLines(path, findings, file.lineOf).join("\n"));
	}
	const messages = parsed.data;
	return {
		explain: (about, holes = {}) => {
			const fill = (sentence: string) =>
				sentence.replace(/\{(\w+)\}/g, (_, name) => harmless(holes[name] ?? standing[name] ?? "?"));
			return { title: fill(messages[about].title), text: fill(messages[about].text) };
		},
	};
}

function messageForEach() {
	const message = z.strictObject({ title: sentence, text: sentence });
	return Object.fromEntries([...Object.keys(faults), ...notices].map((code) => [code, message])) as Record<
		FaultCode | Notice,
		typeof message
	>;
}

/** A value may come from a server: nothing but a short printable word reaches the display. */
function harmless(value: string | number): string {
	return String(value)
		.replace(/[^!-~А-яЁё]+/g, " ")
		.trim()
		.slice(0, mostHoleCharacters);
}
