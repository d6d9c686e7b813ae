import { expect, test } from "vitest";
import { loadStoryWords, say } from "../../src/cli/story-words.ts";

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

test("what a stranger wrote neither moves the cursor nor turns the writing around, and is cut", () => {
	expect(say("order {order}, {none}", { order: "1\u001b[2J\n\u202e2" })).toBe("order 1?[2J??2, ?");
	expect(say("{long}", { long: "x".repeat(9_999) })).toBe(`${"x".repeat(300)}…`);
});
