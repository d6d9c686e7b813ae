import { readJournal } from "../journal/read-journal.ts";
import { openStories, type Stories, type ToldOperation } from "../journal/stories.ts";
import { loadMessages } from "../messages.ts";
import { FaultError } from "../model/fault.ts";
import { say } from "../model/sentence.ts";
import type { Explain } from "../pos/errors.ts";
import { readJournalSettings } from "./journal-settings.ts";
import type { StoryFlags } from "./story.ts";
import { verdictOf } from "./story-outcome.ts";
import { storyText } from "./story-text.ts";
import { loadStoryWords, type StoryWords } from "./story-words.ts";
import { wrap } from "./wrap.ts";

/**
 * Tells on the standard output what happened with an order.
 * @throws {FaultError} `operation-not-found` with hints; `journal-failed`; `config-invalid`.
 */
export function tellStory(name: string, { config, json, ...flags }: StoryFlags): void {
	const { language, waitMinutes, journal } = readJournalSettings(config);
	const spoken = flags.language ?? language;
	const words = loadStoryWords(spoken);
	const { explain } = loadMessages(spoken, { minutes: waitMinutes });
	const reader = readJournal(journal.folder);
	try {
		const stories = openStories(reader);
		const operations = stories.of(name);
		if (operations.length === 0) {
			throw new FaultError("operation-not-found", missing(name, journal.folder, stories, words));
		}
		process.stdout.write(
			json ? storyJson(name, operations, explain) : storyText(name, operations, { words, explain }),
		);
	} finally {
		reader.close();
	}
}

/** What was looked for, and where to look instead. */
function missing(name: string, folder: string, stories: Stories, words: StoryWords): string {
	const { alike, newest } = stories.near(name);
	const list = (sentence: string, orders: readonly string[]) => say(sentence, { orders: orders.join(", ") });
	const hints = newest.length === 0 ? words["not-found-empty"] : list(words["not-found-newest"], newest);
	return [
		say(words["not-found"], { folder, name }),
		...(alike.length > 0 ? [list(words["not-found-alike"], alike)] : []),
		hints,
		words["not-found-advice"],
	]
		.flatMap((line, index) => (index === 0 ? [line] : wrap(line, 2)))
		.join("\n");
}

/** Times as ISO 8601, money in kopecks. */
function storyJson(name: string, operations: readonly ToldOperation[], explain: Explain): string {
	const told = operations.map(({ id, ...facts }) => ({
		operationId: id,
		...facts,
		...verdictOf({ id, ...facts }, explain),
	}));
	const isTime = (key: string, value: unknown) => /^at$|At$/.test(key) && typeof value === "number";
	return `${JSON.stringify({ name, operations: told }, (key, value) => (isTime(key, value) ? new Date(value).toISOString() : value))}\n`;
}
