import { join, relative } from "node:path";
import type { Command } from "commander";

/** The project's folder. */
export const root = join(import.meta.dirname, "../..");

/** The settings that come with the project, as a person here would name the file. */
export const shippedConfig = shortest(join(root, "config/kassad.yaml"));

/** Gives a command the option `--config`. */
export function withConfig(command: Command, words: string): Command {
	return command.option("--config <FILE>", words, shippedConfig);
}

function shortest(path: string): string {
	const fromHere = relative(process.cwd(), path);
	return fromHere.startsWith("..") ? path : fromHere;
}
