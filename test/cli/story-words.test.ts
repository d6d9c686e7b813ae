import { expect, test } from "vitest";
import { loadStoryWords } from "../../src/cli/story-words.ts";

/** Every hole of every sentence, by the sentence's place. */
function holes(words: object, place = ""): string[] {
	return Object.entries(words).flatMap(([key, value]) =>
		typeof value === "string"
			? [...new Set(value.match(/\{\w+\}/g))].sort().map((hole) => `${place}${key} ${hole}`)
			: holes(value, `${place}${key}.`),
	);
}

test("both languages say the same things about the same facts", () => {
	expect(holes(loadStoryWords("ru"))).toEqual(holes(loadStoryWords("en")));
});
