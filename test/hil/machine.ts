import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Image } from "./image.ts";
import { type Proof, type ReportLine, readReportLine } from "./report.ts";

const project = join(import.meta.dirname, "../..");

const emulator = "qemu-system-x86_64";

/** What came of a run. */
export type Outcome = {
	readonly proofs: readonly Proof[];
	/** Whether any fact was begun. */
	readonly begun: boolean;
	/** Whether the guest has come to its end; otherwise the reason. */
	readonly end: "done" | "out of time" | "stopped early";
};

/**
 * Boots the image in an emulated machine, with the project's folder read-only inside, and waits for its tests.
 * @param log file for all that the guest writes on its console.
 */
export async function runMachine(
	image: Image,
	{ log, limitMs }: { log: string; limitMs: number },
	tell: (line: ReportLine) => void,
): Promise<Outcome> {
	const qemu = spawn(emulator, argumentsFor(image, log), {
		stdio: ["ignore", "pipe", "inherit"],
	});
	let outOfTime = false;
	const limit = setTimeout(() => {
		outOfTime = true;
		qemu.kill("SIGKILL");
	}, limitMs);
	const proofs: Proof[] = [];
	let [begun, done] = [false, false];
	createInterface({ input: qemu.stdout }).on("line", (text) => {
		const line = readReportLine(text);
		if (line === undefined) return;
		if (line.type === "proven") proofs.push(line);
		if (line.type === "begun") begun = true;
		if (line.type === "done") done = true;
		tell(line);
	});
	await once(qemu, "close");
	clearTimeout(limit);
	if (done) return { proofs, begun, end: "done" };
	return { proofs, begun, end: outOfTime ? "out of time" : "stopped early" };
}

function argumentsFor({ kernel, initramfs }: Image, log: string): string[] {
	const quiet = "console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off random.trust_cpu=on tsc=reliable";
	// One processor: with two, emulated at once, the code that Node makes and runs at the same time crashed now and then.
	return [
		...["-machine", "q35,vmport=off,hpet=off", "-accel", "tcg,thread=single,tb-size=1024", "-cpu", "max"],
		...["-smp", "1", "-m", "2048", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"],
		...["-kernel", kernel, "-initrd", initramfs, "-append", `${quiet} rdinit=/init`],
		...["-virtfs", `local,path=${project},mount_tag=project,security_model=none,readonly=on,multidevs=remap`],
		// The first serial line is the guest's console, the second its report.
		...["-serial", `file:${log}`, "-serial", "stdio"],
	];
}
