import { expect, test } from "vitest";
import { storyText } from "../../src/cli/story-text.ts";
import { loadStoryWords } from "../../src/cli/story-words.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { openStories } from "../../src/journal/stories.ts";
import { loadMessages } from "../../src/messages.ts";
import { days, storyTill } from "./story-kit.ts";

const names = Object.keys(days) as (keyof typeof days)[];
const cases = names.flatMap((day) => (["ru", "en"] as const).map((language) => ({ day, language })));

function told(day: keyof typeof days, language: "ru" | "en"): string {
	const till = storyTill();
	days[day](till);
	const reader = readJournal(till.folder);
	const operations = openStories(reader).of("order 123");
	reader.close();
	const { explain } = loadMessages(language, { minutes: 5 });
	return storyText("order 123", operations, {
		...{ words: loadStoryWords(language), explain },
		timeZone: "Europe/Moscow",
	});
}

test.for(cases)(
	"the story of a day that went $day is the approved one in $language",
	async ({ day, language }) => {
		await expect(told(day, language)).toMatchFileSnapshot(
			`approved/story-${day.replace(" ", "-")}.${language}.txt`,
		);
	},
);

test.for(cases)(
	"no line of it ($day, $language) is wider than 80 columns, and no hole is left open",
	({ day, language }) => {
		const text = told(day, language);
		expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
		expect(text).not.toMatch(/\{[a-z-]+\}|undefined|null/);
	},
);
