import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Performance } from "../../hardware-mocks/demo/play.ts";
import type { ScenarioName } from "../../hardware-mocks/demo/scenarios.ts";

export type DemoJson = Omit<Performance, "receipt" | "scan" | "operation" | "outcome" | "slip" | "print"> & {
	readonly [part in "scan" | "operation" | "outcome" | "slip" | "print"]: Readonly<
		Record<string, unknown>
	> | null;
};

/** Plays one scenario as a person would start it, and reads the one JSON object that it prints. */
export async function runDemo(scenario: ScenarioName): Promise<DemoJson> {
	const program = join(import.meta.dirname, "../../hardware-mocks/demo.ts");
	const child = spawn(process.execPath, [program, "--json", "--scenario", scenario], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [output] = await Promise.all([text(child.stdout), once(child, "exit")]);
	return JSON.parse(output);
}
