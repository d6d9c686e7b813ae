import { expect, test } from "vitest";
import { say } from "../../src/model/sentence.ts";

test("what a stranger wrote neither moves the cursor nor turns the writing around, and is cut", () => {
	expect(say("order {order}, {none}", { order: "1\u001b[2J\n\u202e2" })).toBe("order 1?[2J??2, ?");
	expect(say("{long}", { long: "x".repeat(9_999) })).toBe(`${"x".repeat(300)}…`);
});
