import { expect, test } from "vitest";
import { within } from "../../src/print/deadline.ts";
import { handClock } from "./hand-clock.ts";

test("work that ends in time gives its result", async () => {
	expect(await within(5, handClock(), Promise.resolve("done"))).toBe("done");
});

test("work that takes too long gives nothing, and its later failure disturbs nobody", async () => {
	const clock = handClock();
	const { promise: work, reject } = Promise.withResolvers<string>();
	const result = within(5, clock, work);
	clock.pass(5);
	expect(await result).toBeUndefined();
	reject("too late");
});

test("work that fails in time fails", async () => {
	await expect(within(5, handClock(), Promise.reject("broken"))).rejects.toBe("broken");
});
