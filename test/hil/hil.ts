import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { Lacking } from "./command.ts";
import { findImage } from "./image.ts";
import { findKernel } from "./kernel.ts";
import { type Outcome, runMachine } from "./machine.ts";
import type { ReportLine } from "./report.ts";
import { draw } from "./summary.ts";
import { needTools } from "./tools.ts";

/** Longest that the guest may take: many times what it takes on two cores that do nothing else. */
const limitMs = 1_200_000;

const about = `Boots Debian's kernel in QEMU, makes scanners there that the kernel takes for real (HID through
/dev/uhid, USB through gadgets on a bus without wires), and lets kassad open them. Needs Linux on x86-64, and
as Debian's root installs the tools that are missing.`;

async function main(): Promise<number> {
	new Command("npm run hil").description(about).parse();
	const tell = teller();
	const cache = join(process.env.XDG_CACHE_HOME ?? tmpdir(), `kassad-hil-${process.getuid?.() ?? 0}`);
	mkdirSync(cache, { recursive: true, mode: 0o700 });
	needTools(tell);
	const image = findImage(cache, findKernel(cache, tell), tell);
	const log = join(cache, `guest-${process.pid}.log`);
	const boot = () => {
		tell("boot");
		return runMachine(image, { log, limitMs }, (line) => tellLine(line, tell));
	};
	let outcome = await boot();
	if (diedAtStart(outcome)) {
		tell(
			"The emulated machine died before kassad was started in it, which says nothing of kassad. Once more:",
		);
		outcome = await boot();
	}
	console.log(draw(outcome));
	if (!holds(outcome)) console.log(`\nThe guest's log:\n\n${readFileSync(log, "utf8")}`);
	rmSync(log);
	return holds(outcome) ? 0 : 1;
}

/** An emulated processor can fail the programs that run on it. A fact that was begun is never tried again. */
function diedAtStart({ proofs, end, begun }: Outcome): boolean {
	return end === "stopped early" && proofs.length === 0 && !begun;
}

function holds({ proofs, end }: Outcome): boolean {
	return end === "done" && proofs.length > 0 && proofs.every((proof) => proof.holds);
}

/** Lines with the seconds since the start. */
function teller(): (step: string) => void {
	const begun = performance.now();
	return (step) => {
		const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
		console.log(`[${seconds.padStart(6)} s] ${step}`);
	};
}

function tellLine(line: ReportLine, tell: (step: string) => void): void {
	if (line.type === "begun") tell(`${line.chapter}: ${line.fact}`);
	else if (line.type === "proven" && !line.holds) tell(`FALSE: ${line.note}`);
}

process.exitCode = await main().catch((error: unknown) => {
	// What the machine lacks is for the reader; anything else is for the developer.
	console.error(error instanceof Lacking ? error.message : error);
	return 2;
});
