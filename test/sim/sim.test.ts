import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { mutant, mutations } from "./mutations.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** Runs the simulation of a project. @returns its exit code and what it printed. */
async function simulate(project: string, ...args: string[]): Promise<{ code: number; printed: string }> {
	const program = join(project, "test/sim/sim.ts");
	try {
		const { stdout } = await run(process.execPath, [program, ...args], { cwd: project });
		return { code: 0, printed: stdout };
	} catch (error) {
		const { code, stdout } = error as { code: number; stdout: string };
		return { code, printed: stdout };
	}
}

test("money, paper and database agree after each of 300 days, whatever goes wrong", {
	timeout: 300_000,
}, async () => {
	const { code, printed } = await simulate(root, "--seeds", "300");
	expect(printed).toContain("Money, paper and database agree after every day.");
	expect(printed).toMatch(/^300 seeds in [\d.]+ s: \d+ seeds\/s$/m);
	expect(code).toBe(0);
});

test("the day of a seed can be lived again, moment by moment", { timeout: 60_000 }, async () => {
	const [first, again] = [await simulate(root, "--seed", "7"), await simulate(root, "--seed", "7")];
	expect(again).toEqual(first);
	expect(first.printed).toContain("shows a card");
});

describe("within 1000 seeds the simulation finds out that a rule is broken", () => {
	test.for(mutations)("$rule", { timeout: 600_000 }, async (mutation) => {
		const project = mutant(mutation);
		try {
			const { code, printed } = await simulate(project, "--seeds", "1000");
			expect(printed).toMatch(/^WRONG: /m);
			expect(code).toBe(1);
		} finally {
			rmSync(project, { recursive: true });
		}
	});
});
