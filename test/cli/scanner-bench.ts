import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn as spawnPty } from "@lydell/node-pty";
import { vi } from "vitest";
import { parse, stringify } from "yaml";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import { brandKey, shipped } from "../settings-file.ts";

const program = join(import.meta.dirname, "../../src/cli.ts");

/** A technician's bench: a scanner on a real line, settings that name it, and the program at a terminal or a pipe. */
export type Bench = {
	readonly scanner: MockScanner;
	readonly config: string;
	readonly folder: string;
	readonly socket: string;
	/** Writes the settings anew. */
	change(edit: (settings: BenchSettings) => void): void;
	/** The program with both outputs in one, at a terminal of 100 columns or at a pipe. */
	start(at: "terminal" | "pipe", args: readonly string[], env?: Record<string, string>): Running;
	clear(): Promise<void>;
};

/** The settings file as plain data, as far as tests change it. */
type BenchSettings = {
	scanners: { driver: string; path: string }[];
	scans: { pictures: { mostBytes: number } };
};

type Running = {
	/** All that it has written. */
	readonly screen: string;
	/** Resolves when it has written so. */
	shows(words: string | RegExp): Promise<void>;
	/** Types a line and Enter. */
	type(line: string): void;
	/** Ctrl-C. */
	interrupt(): void;
	/** Its exit code. */
	readonly ended: Promise<number>;
};

/** @param printer its settings, beside those of the shipped one; there is none when it is left out. */
export function setBench(printer?: object): Bench {
	const folder = mkdtempSync(join(tmpdir(), "kassad-bench-"));
	const [config, socket] = [join(folder, "kassad.yaml"), join(folder, "kassad.sock")];
	const scanner = plugScanner(join(folder, "scanner"));
	const settings = parse(readFileSync(shipped, "utf8"));
	settings.scanners = [{ ...settings.scanners[0], path: scanner.link }];
	if (printer !== undefined) settings.printers = [{ ...settings.printers[0], ...printer }];
	settings.socket.path = socket;
	writeFileSync(config, stringify(settings));
	const base = { PATH: process.env.PATH ?? "", KASSAD_BRAND_KEY: brandKey };
	const started: (() => void)[] = [];
	return {
		...{ scanner, config, folder, socket },
		change: (edit) => {
			edit(settings);
			writeFileSync(config, stringify(settings));
		},
		start: (at, args, env = {}) => {
			const { running, kill } = (at === "terminal" ? atTerminal : atPipe)([program, ...args], {
				...base,
				...env,
			});
			started.push(kill);
			return running;
		},
		clear: async () => {
			for (const kill of started) kill();
			await scanner.close();
		},
	};
}

type Started = { readonly running: Running; kill(): void };

function atTerminal(args: string[], env: Record<string, string>): Started {
	const terminal = spawnPty(process.execPath, args, { env: { ...env, TERM: "xterm-256color" }, cols: 100 });
	let screen = "";
	terminal.onData((data) => {
		screen += data;
	});
	const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
	const running = runningOf(
		() => screen,
		ended,
		(line) => terminal.write(line),
		() => terminal.write("\u0003"),
	);
	return { running, kill: () => terminal.kill("SIGKILL") };
}

function atPipe(args: string[], env: Record<string, string>): Started {
	const child: ChildProcess = spawn(process.execPath, args, { env });
	let screen = "";
	for (const output of [child.stdout, child.stderr]) {
		output?.on("data", (data: Buffer) => {
			screen += data.toString();
		});
	}
	const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
	const running = runningOf(
		() => screen,
		ended,
		(line) => void child.stdin?.write(line),
		() => child.kill("SIGINT"),
	);
	return { running, kill: () => child.kill("SIGKILL") };
}

function runningOf(
	screen: () => string,
	ended: Promise<number>,
	write: (text: string) => void,
	interrupt: () => void,
): Running {
	return {
		get screen() {
			return screen();
		},
		ended,
		type: (line) => write(`${line}\n`),
		interrupt,
		shows: (words) =>
			vi.waitFor(
				() => {
					if (!new RegExp(words).test(screen())) throw new Error(`not shown: ${words}\n${screen()}`);
				},
				{ timeout: 50_000, interval: 20 },
			),
	};
}
