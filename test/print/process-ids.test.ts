import fc from "fast-check";
import { expect, test } from "vitest";
import { processIds } from "../../src/print/process-ids.ts";

test("ids are four letters or digits, and none comes again soon, restarts included", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1_600_000_000_000, max: 4_000_000_000_000 }),
			fc.array(
				fc.record({ prints: fc.integer({ min: 0, max: 30 }), ms: fc.integer({ min: 3_000, max: 60_000 }) }),
			),
			(start, runs) => {
				let now = start;
				const ids = runs.flatMap(({ prints, ms }) => {
					const next = processIds(() => now);
					const made = Array.from({ length: prints }, next);
					now += ms;
					return made;
				});
				expect(new Set(ids).size).toBe(ids.length);
				for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{4}$/);
			},
		),
	);
});

test("a clock that is set back makes no id come again", () => {
	let now = 1_700_000_000_000;
	const next = processIds(() => now);
	const before = [next(), next()];
	now -= 3_600_000;
	expect(before).not.toContain(next());
});
