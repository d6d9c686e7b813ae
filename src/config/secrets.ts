import { resolve } from "node:path";
import { FaultError } from "../model/fault.ts";
import { Secret } from "../model/secret.ts";
import type { SecretSource } from "../model/settings/common.ts";
import { readSmallFile } from "./file.ts";

const mostBytes = 65_536;
const leastKeyBytes = 16;
const tokenCharacters = { least: 32, most: 1_024 } as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Fetches a secret of one line from its place; a file's trailing newline is not part of it.
 * @throws {FaultError} `config-invalid` when it is missing, empty, or readable by others; the detail says what to do.
 */
export function readSecret(source: SecretSource, folder: string, env: Environment): Secret {
	const value =
		"env" in source ? fromEnvironment(source.env, env) : readPrivateFile(resolve(folder, source.file));
	if (/\p{Cc}/u.test(value)) {
		throw new FaultError(
			"config-invalid",
			`${placeOf(source)} holds more than one line of text: leave only the secret`,
		);
	}
	return new Secret(value);
}

/**
 * Fetches a brand's key: an even number of hexadecimal digits, at least 16 bytes.
 * @throws {FaultError} as `readSecret`, and when it is not such a key.
 */
export function readBrandKey(source: SecretSource, folder: string, env: Environment): Secret {
	const key = readSecret(source, folder, env);
	if (/^([0-9a-f]{2})+$/i.test(key.reveal()) && key.reveal().length >= leastKeyBytes * 2) return key;
	throw new FaultError(
		"config-invalid",
		`${placeOf(source)} must hold the brand's key: hexadecimal digits, an even number, at least ${leastKeyBytes * 2}`,
	);
}

/**
 * Fetches what a POS program has to say over TCP and WebSocket: at least 32 characters, so that nobody guesses it.
 * @throws {FaultError} as `readSecret`, and when it is not such a token.
 */
export function readToken(source: SecretSource, folder: string, env: Environment): Secret {
	const token = readSecret(source, folder, env);
	const { least, most } = tokenCharacters;
	if (token.reveal().length >= least && token.reveal().length <= most) return token;
	throw new FaultError(
		"config-invalid",
		`${placeOf(source)} must hold a token of ${least} to ${most} characters: openssl rand -hex 32 makes one`,
	);
}

/** Where a secret is found, for people. */
export function placeOf(source: SecretSource): string {
	return "env" in source ? `environment variable ${source.env}` : `file ${source.file}`;
}

function fromEnvironment(variable: string, env: Environment): string {
	const value = env[variable];
	if (value !== undefined && value !== "") return value;
	throw new FaultError(
		"config-invalid",
		`environment variable ${variable} is not set: set it for kassad's process, or name a file instead`,
	);
}

/**
 * A file that nobody else may read, without its trailing newline.
 * @throws {FaultError} `config-invalid` when it is missing, empty, or readable by others; the detail says what to do.
 */
export function readPrivateFile(path: string): string {
	const { text, mode } = readSmallFile(path, mostBytes);
	// Windows has no such permission bits: its access lists are the technician's care.
	if (process.platform !== "win32" && (mode & 0o077) !== 0) {
		throw new FaultError("config-invalid", `others may read ${path}: run chmod 600 ${path}`);
	}
	const value = text.replace(/\r?\n$/, "");
	if (value === "") throw new FaultError("config-invalid", `${path} is empty: write the secret into it`);
	return value;
}
