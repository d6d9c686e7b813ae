/** `npm run kills`: a till dies at every byte of a print. With SIGKILL it takes some minutes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import type { PrintBooks } from "./print-books.ts";
import { offsetsOf } from "./print-budget.ts";
import { dieAtEveryByte } from "./print-deaths.ts";
import { bytesOfOnePrint, killAtBytes } from "./print-kills.ts";
import { letTheDeadRest } from "./run.ts";

const about = `Prints a fiscal receipt of about 2 KB and ends the till when the printer has taken n bytes, for every n.
Each next run goes on with what the last one left. At the end journal and paper are compared: printed is on paper once
and whole, unknown once at most, and nothing is open. By sigkill each run is a process that prints over TCP; by death
all are in one process, in virtual time, and nothing reaches disk or printer after a death.`;

const { step, by } = new Command("npm run kills --")
	.description(about)
	.option("--step <bytes>", "only at every so manieth byte", Number, 1)
	.addOption(new Option("--by <means>").choices(["sigkill", "death"]).default("sigkill"))
	.parse()
	.opts<{ step: number; by: "sigkill" | "death" }>();

const folder = mkdtempSync(join(tmpdir(), "kassad-kills-"));

async function bySigkill(): Promise<PrintBooks & { bytes: number; deaths: number }> {
	const bytes = await bytesOfOnePrint(join(folder, "measure"));
	const offsets = offsetsOf(bytes, step);
	return { ...(await killAtBytes(join(folder, "journal"), offsets)), bytes, deaths: offsets.length };
}

letTheDeadRest();
try {
	const books = by === "death" ? await dieAtEveryByte(folder, step) : await bySigkill();
	const { wrong, states, wholeUnknown, bytes, deaths } = books;
	console.log(`${deaths} deaths in a print of ${bytes} bytes`);
	for (const [state, count] of Object.entries(states)) console.log(`${String(count).padStart(8)}  ${state}`);
	console.log(`${String(wholeUnknown).padStart(8)}  of the unknown ones are on paper, whole`);
	console.log(wrong.map((line) => `WRONG: ${line}`).join("\n") || "Journal and paper agree.");
	process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true });
}
