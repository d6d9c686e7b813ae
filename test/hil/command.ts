import { execFileSync } from "node:child_process";

/** Where system programs are; an ordinary user's PATH often lacks the second half. */
const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;

/** What this machine lacks to run the tests; its message says what to do. */
export class Lacking extends Error {}

/** Runs a program to its end and returns what it wrote. @throws with its last words when it fails. */
export function run(program: string, args: readonly string[], cwd?: string): string {
	const env = { ...process.env, PATH: path, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
	try {
		return execFileSync(program, args, { env, ...(cwd && { cwd }), encoding: "utf8", stdio: "pipe" });
	} catch (error) {
		const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
		throw new Error(`${program} ${args.join(" ")}: ${said.slice(-2_000) || error}`);
	}
}

/** Whether a program is there. */
export function has(program: string): boolean {
	return run("sh", ["-c", `command -v "${program}" || true`]).trim() !== "";
}
