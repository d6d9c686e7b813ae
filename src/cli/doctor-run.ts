import { dirname, resolve } from "node:path";
import { secretFiles } from "../config/secret-files.ts";
import { readYaml } from "../config/yaml.ts";
import { settings as whole } from "../model/settings/settings.ts";
import type { DoctorFlags } from "./doctor.ts";
import { type Check, red, skipped, type Target, type Verdict } from "./doctor-check.ts";
import { fileChecks } from "./doctor-files.ts";
import { pageChecks } from "./doctor-pages.ts";
import { drawDoctor, type Examined } from "./doctor-report.ts";
import { isAnswered, rudeChecks } from "./doctor-rude.ts";
import { secondChecks } from "./doctor-second.ts";
import { tokenChecks } from "./doctor-tokens.ts";
import { readSections } from "./read-sections.ts";

const sections = whole.pick({ socket: true, journal: true });

/** Everything that is tried, in this order. */
export const checks: readonly Check[] = [
	...fileChecks,
	...tokenChecks,
	...pageChecks,
	...secondChecks,
	...rudeChecks,
];

/**
 * Attacks the daemon of these settings and looks at its files. The exit code is 1 when anything is red, or nobody is
 * there to be attacked.
 * @throws {FaultError} `config-invalid` when the settings do not say where it is.
 */
export async function examine({ config, json }: DoctorFlags): Promise<void> {
	const target = await targetOf(config);
	const screen = json ? undefined : drawDoctor(process.stdout);
	const examined: Examined[] = [alive(target)];
	screen?.show(examined[0] as Examined);
	// One after the other: what one does to the daemon must not be taken for what another does.
	for (const check of checks) {
		const { name, title } = check;
		const next = { name, title, ...(await verdictOf(check, target)) };
		examined.push(next);
		screen?.show(next);
	}
	const safe = examined.every(({ state }) => state !== "red");
	if (json) process.stdout.write(`${JSON.stringify({ safe, checks: examined }, undefined, 2)}\n`);
	else screen?.end(examined);
	process.exitCode = safe ? 0 : 1;
}

/** @throws {FaultError} `config-invalid` when the settings do not say where things are. */
export async function targetOf(config: string): Promise<Target> {
	const { socket, journal } = readSections(config, sections);
	const folder = dirname(resolve(config));
	const secrets = secretFiles(readYaml(config).value).map(({ path }) => resolve(folder, path));
	const runs = await isAnswered({ path: socket.path }).catch(() => false);
	const absolute = { ...journal, folder: resolve(folder, journal.folder) };
	return { socket, journal: absolute, file: config, secrets: [...new Set(secrets)], runs };
}

function alive({ runs, socket: { path } }: Target): Examined {
	const what = { name: "running", title: "kassad runs, and can be attacked" };
	if (runs) return { ...what, state: "green", seen: path };
	return {
		...what,
		...red(`nobody answers at ${path}`, "Start kassad, then run this again as a user who may connect to it."),
	};
}

/** What a check could not do, as when the daemon went away, is a finding, too. */
export async function verdictOf({ attacks, run }: Check, target: Target): Promise<Verdict> {
	if (attacks && !target.runs) return skipped("kassad does not run");
	try {
		return await run(target);
	} catch (error) {
		const code = error instanceof Error && "code" in error ? `${error.code}` : `${error}`;
		return red(
			`it could not be tried: ${code}`,
			"Is kassad still there? Look into its log, and run this again.",
		);
	}
}
