import { createInterface } from "node:readline";

/*
 * A wrapper that takes `init`, answers nothing else, and does not go when its input ends.
 *
 *     node silent-bridge.ts [a word to be found by]
 */
setInterval(() => undefined, 60_000);

for await (const line of createInterface({ input: process.stdin })) {
	const { id, method } = JSON.parse(line);
	if (method === "init") process.stdout.write(`${JSON.stringify({ id, result: {} })}\n`);
}
