import { join } from "node:path";
import { z } from "zod";
import { findingLines, findingsOf } from "../config/findings.ts";
import { readYaml } from "../config/yaml.ts";
import { FaultError } from "../model/fault.ts";
import type { Language } from "../model/settings/settings.ts";
import { root } from "./config-option.ts";

const word = z.string({ error: "expected text" }).min(1, { error: "expected text that is not empty" });

/** One sentence for each of these. */
const each = <const Key extends string>(...keys: readonly Key[]) => z.record(z.enum(keys), word);

const schema = z.strictObject({
	...{ date: word, decimal: word, title: word, clock: word, head: word, day: word },
	kind: each("payment", "refund", "receipt", "providers"),
	state: each("settled", "refused", "unknown", "in-progress"),
	facts: each("operation", "transaction", "refund-transaction", "card"),
	...{ scanned: word, begun: word },
	call: each("providers", "providers-poll", "checkout", "status", "cancel", "refund", "receipt"),
	...{ asked: word, "asked-again": word, "asked-often": word, posted: word, "request-id": word },
	result: each("answered", "not-sent", "unanswered", "lost", "waiting"),
	often: each("answered", "not-sent", "unanswered"),
	doubted: word,
	outcome: each("settled", "refused", "unknown", "in-progress"),
	...{ cashier: word, "wire-code": word },
	money: each("payment-yes", "refund-yes", "no", "unknown"),
	"cancel-wanted": word,
	reason: each("timed-out", "server-silent", "cashier", "customer", "restart"),
	...{ answer: word, slip: word, "slip-field": word, queued: word, printing: word },
	document: each("payment", "refund", "fiscal-receipt"),
	mark: each("original", "copy", "repeat"),
	verdict: each("printed", "not-printed", "unknown", "cancelled"),
	evidence: each("process-id", "paper-barrier", "status"),
	detail: word,
	resolved: each("on-paper", "not-on-paper"),
	...{ unresolved: word, "no-paper": word },
	...{ "not-found": word, "not-found-alike": word, "not-found-newest": word },
	...{ "not-found-empty": word, "not-found-advice": word },
});

/** All that a story says, in one language. */
export type StoryWords = z.infer<typeof schema>;

/**
 * Reads the words of one language.
 * @throws {FaultError} `config-invalid` when one is missing or nobody says it; all are listed.
 */
export function loadStoryWords(language: Language): StoryWords {
	const path = join(root, `config/story.${language}.yaml`);
	const file = readYaml(path);
	const parsed = schema.safeParse(file.value);
	if (parsed.success) return parsed.data;
	const findings = findingsOf(parsed.error.issues, file.value);
	throw new FaultError("config-invalid", findingLines(path, findings, file.lineOf).join("\n"));
}
