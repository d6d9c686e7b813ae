import { CommanderError } from "commander";
import { type FaultCode, FaultError } from "../model/fault.ts";
import { wordless } from "../pos/errors.ts";

/** How each command ends; what a code means for one of them is in the table of commands. */
export const exitCodes = { ok: 0, fault: 1, usage: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of a command that a fault ends: whatever the technician has to write otherwise is 2. */
export function exitCodeOfFault(code: FaultCode): ExitCode {
	return code === "config-invalid" ? exitCodes.usage : exitCodes.fault;
}

/** What is said of an error on the standard error, if it has not been said yet, and the exit code of a command that it ends. */
export function explained(error: unknown): { readonly code: ExitCode; readonly words: string } {
	if (error instanceof CommanderError) {
		return { code: error.exitCode === 0 ? exitCodes.ok : exitCodes.usage, words: "" };
	}
	if (!(error instanceof FaultError)) {
		// Without its text, in which a number or a password may stand that it stumbled over.
		const { name, code, frames } = wordless(error);
		const what = code === undefined ? name : `${name} (${code})`;
		return { code: exitCodes.fault, words: `${[`kassad: ${what}`, ...frames, unforeseen].join("\n")}\n` };
	}
	const code = exitCodeOfFault(error.code);
	if (code === exitCodes.usage) return { code, words: `${error.detail}\n` };
	return { code, words: `kassad: ${error.message}\n` };
}

const unforeseen = "That was not foreseen: keep this text for whoever looks after kassad.";
