/** Runs the stories one after the other, each as a process of its own: whatever one leaves behind ends with it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { report } from "./fact.ts";

const storyMs = 90_000;

const only = /kassad\.only=(\S*)/.exec(readFileSync("/proc/cmdline", "utf8"))?.[1] ?? "";
const stories = globSync(join(import.meta.dirname, "stories/*.ts")).sort();

for (const file of stories.filter((file) => basename(file).includes(only))) await tell(file);
report({ type: "done" });

async function tell(file: string): Promise<void> {
	const story = basename(file, ".ts");
	console.log(`\n=== ${story}`);
	const begun = performance.now();
	const child = spawn(process.execPath, [file], { stdio: ["ignore", "inherit", "inherit", "inherit"] });
	const limit = setTimeout(() => child.kill("SIGKILL"), storyMs);
	const [code, signal] = await once(child, "exit");
	clearTimeout(limit);
	if (code === 0) return;
	const ms = Math.round(performance.now() - begun);
	const note = `ended with ${code ?? signal} before its end`;
	report({ type: "proven", story, fact: "the story is told to its end", holds: false, ms, note });
}
