import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import type { Clock } from "../../src/model/clock.ts";
import type { BridgeSettings } from "../../src/model/settings/verifier.ts";

const child = join(import.meta.dirname, "bridge-child.ts");

/** What a wrapper program was asked. */
type Question = { readonly id: number; readonly method: string; readonly params: Record<string, unknown> };

/** A running wrapper program that does what the test says. */
export class Program {
	readonly gone: Promise<void>;
	readonly #wire: Socket;
	readonly #lines: AsyncIterator<string>;

	constructor(wire: Socket) {
		this.#wire = wire;
		this.gone = new Promise((resolve) => wire.once("close", () => resolve()));
		// A program that is killed may leave its end of the wire unread.
		wire.on("error", () => undefined);
		this.#lines = createInterface({ input: wire })[Symbol.asyncIterator]();
	}

	/** The first line: who the program is. */
	async greeting(): Promise<{ pid: number; argv: string[]; env: Record<string, string> }> {
		return JSON.parse((await this.#lines.next()).value);
	}

	async asked(): Promise<Question> {
		return JSON.parse((await this.#lines.next()).value);
	}

	say(text: string | Uint8Array): void {
		this.#wire.write(text);
	}

	answer({ id }: Question, result: object): void {
		this.say(`${JSON.stringify({ id, result })}\n`);
	}

	refuse({ id }: Question, code: string): void {
		this.say(`${JSON.stringify({ id, error: { code } })}\n`);
	}
}

/** A place that wrapper programs report to, and settings that start one. */
export async function stage(manner = "") {
	const folder = mkdtempSync(join(tmpdir(), "kassad-bridge-"));
	const path = join(folder, "s");
	const arrived: Program[] = [];
	let tell: () => void = () => undefined;
	const server = createServer((wire) => {
		arrived.push(new Program(wire));
		tell();
	});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	onTestFinished(() => {
		server.close();
		rmSync(folder, { recursive: true });
	});
	const settings: BridgeSettings = {
		command: process.execPath,
		args: [child, path, manner],
		initMs: 3_000,
		callMs: 1_500,
		mostLineBytes: 1_024,
		restart: { firstWaitMs: 100, factor: 2, mostWaitMs: 350 },
	};
	/** The next program that has started. */
	const program = async (): Promise<Program> => {
		while (arrived.length === 0)
			await new Promise<void>((resolve) => {
				tell = resolve;
			});
		return arrived.shift() as Program;
	};
	return { settings, path, program };
}

/** A clock that stands still until the test lets a wait of so many ms pass. */
export function patientClock() {
	const waits: { ms: number; end: () => void }[] = [];
	let tell: () => void = () => undefined;
	const time = { now: 1_800_000_000_000 };
	const drop = (wait: (typeof waits)[number]) => {
		const at = waits.indexOf(wait);
		if (at >= 0) waits.splice(at, 1);
	};
	const clock: Clock = {
		now: () => time.now,
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				if (signal?.aborted) return reject(signal.reason);
				const wait = { ms, end: resolve };
				waits.push(wait);
				signal?.addEventListener("abort", () => {
					drop(wait);
					reject(signal.reason);
				});
				tell();
			}),
	};
	/** Waits until someone waits for exactly `ms`, and lets that time pass. */
	const pass = async (ms: number): Promise<void> => {
		for (;;) {
			const wait = waits.find((wait) => wait.ms === ms);
			if (wait !== undefined) {
				drop(wait);
				time.now += ms;
				return wait.end();
			}
			await new Promise<void>((resolve) => {
				tell = resolve;
			});
		}
	};
	return { clock, time, pass };
}
