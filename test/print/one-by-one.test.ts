import { expect, test } from "vitest";
import { oneByOne } from "../../src/print/one-by-one.ts";

test("work is done in its order, one at a time, and a failure holds up nothing", async () => {
	const inOrder = oneByOne();
	const done: string[] = [];
	const slow = Promise.withResolvers<void>();
	const first = inOrder(async () => {
		await slow.promise;
		done.push("first");
	});
	const failing = inOrder(() => Promise.reject("broken"));
	const last = inOrder(async () => void done.push("last"));
	slow.resolve();
	await expect(failing).rejects.toBe("broken");
	await Promise.all([first, last]);
	expect(done).toEqual(["first", "last"]);
});
