import { type ChildProcess, spawn } from "node:child_process";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { BridgeSettings } from "../model/settings/verifier.ts";
import { bridgeLines } from "./bridge-lines.ts";
import { bridgeReply } from "./bridge-replies.ts";
import { within } from "./within.ts";

/** All that the program learns of kassad's environment: kassad's own secrets may be in the rest. */
const keptVariables =
	/^(PATH|HOME|USERPROFILE|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SystemRoot|JAVA_HOME|LD_LIBRARY_PATH)$/i;

/** Some libraries greet on the standard output. Between two answers so many such lines are forgiven. */
const mostStrayLines = 100;

/** The time that the program has to end by itself once its input has ended, in ms. */
const leaveWithinMs = 1_000;

/** Windows has no groups of processes. */
const hasGroups = process.platform !== "win32";

/**
 * One run of the program that wraps the vendor's library, asked by JSON lines on its standard input and output.
 * It is killed when it does not answer in time, when it babbles, and when kassad ends; and with it what it has
 * started itself, as a shell script starts the program proper.
 */
export class BridgeProcess {
	/** Resolves once, when the run is over, with the reason for the technician. */
	readonly over: Promise<string>;
	readonly #child: ChildProcess;
	readonly #clock: Clock;
	readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
	readonly #gone = Promise.withResolvers<void>();
	readonly #end: (why: string) => void;
	#isOver = false;
	#lastId = 0;
	#strayLines = 0;
	#stderrBytes = 0;

	/** Starts the program. That it cannot be run is mostly told by `over`, and by the system's error otherwise. */
	constructor({ command, args, mostLineBytes }: BridgeSettings, clock: Clock) {
		const over = Promise.withResolvers<string>();
		const child: ChildProcess = spawn(command, args, {
			stdio: "pipe",
			env: keptEnvironment(),
			windowsHide: true,
			detached: hasGroups,
		});
		const kill = () => killAll(child);
		this.#clock = clock;
		this.#child = child;
		this.over = over.promise;
		this.#end = (why) => {
			if (this.#isOver) return;
			this.#isOver = true;
			process.off("exit", kill);
			kill();
			for (const stream of streamsOf(child)) stream?.destroy();
			over.resolve(why);
			for (const { reject } of this.#calls.values()) reject(unchecked(why));
		};
		this.#watch();
		process.once("exit", kill);
		const tooLong = () => this.#end(`the bridge wrote a line of more than ${mostLineBytes} bytes`);
		child.stdout?.on(
			"data",
			bridgeLines(mostLineBytes, (line) => this.#hear(line), tooLong),
		);
	}

	/** How much the program wrote to its standard error. What it wrote is not read: a card may be in it. */
	get stderrBytes(): number {
		return this.#stderrBytes;
	}

	/**
	 * Asks, and resolves with the result. A program that has not answered after `ms` is killed, also when nobody waits
	 * for its answer any more.
	 * @throws {FaultError} `password-unchecked` when there is no result; or the signal's reason.
	 */
	async call(method: string, params: object, ms: number, signal: AbortSignal): Promise<unknown> {
		this.#lastId += 1;
		const id = this.#lastId;
		const call = Promise.withResolvers<unknown>();
		const late = () => {
			const why = `the bridge did not answer ${method} within ${ms} ms`;
			this.#end(why);
			return unchecked(why);
		};
		this.#calls.set(id, call);
		if (this.#child.stdin?.writable) this.#child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
		else void this.over.then((why) => call.reject(unchecked(why)));
		const answered = within(ms, call.promise, late, this.#clock, new AbortController().signal);
		const forget = () => void this.#calls.delete(id);
		answered.then(forget, forget);
		return within(ms, answered, late, this.#clock, signal);
	}

	/** Ends the program's input, kills it when it stays all the same, and resolves when it is gone. */
	async close(): Promise<void> {
		const left = new AbortController();
		this.#child.stdin?.end();
		this.#clock.sleep(leaveWithinMs, left.signal).then(
			() => this.#end("the bridge did not end with its input"),
			() => undefined,
		);
		await this.#gone.promise;
		left.abort();
	}

	#watch(): void {
		const child = this.#child;
		const gone = (why: string) => {
			this.#gone.resolve();
			this.#end(why);
		};
		child.once("error", ({ message }) => gone(`the bridge cannot be run: ${message}`));
		child.once("exit", (code, signal) =>
			gone(signal ? `the bridge was ended by ${signal}` : `the bridge ended with the exit code ${code}`),
		);
		// A stream that breaks is told by the program's end, or by the deadline of the next call.
		for (const stream of streamsOf(child)) stream?.on("error", () => undefined);
		child.stderr?.on("data", (chunk: Buffer) => {
			this.#stderrBytes += chunk.length;
		});
	}

	#hear(line: string): void {
		const reply = bridgeReply(line);
		const call = reply && this.#calls.get(reply.id);
		if (reply === undefined || call === undefined) {
			this.#strayLines += 1;
			if (this.#strayLines > mostStrayLines) this.#end("the bridge writes lines that nobody asked for");
			return;
		}
		this.#strayLines = 0;
		if ("result" in reply.answer) call.resolve(reply.answer.result);
		else call.reject(unchecked(`the bridge refused: ${reply.answer.refusal}`));
	}
}

/** A group of its own bears the number of its first process, and lives on when that has ended. */
function killAll(child: ChildProcess): void {
	if (child.pid === undefined || !hasGroups) {
		child.kill("SIGKILL");
		return;
	}
	try {
		process.kill(-child.pid, "SIGKILL");
	} catch (error) {
		// Nobody of it is left.
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}

/** A system without free file descriptors makes no program and no streams. */
function streamsOf({ stdin, stdout, stderr }: ChildProcess) {
	return [stdin, stdout, stderr];
}

function unchecked(detail: string): FaultError {
	return new FaultError("password-unchecked", detail);
}

function keptEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => keptVariables.test(name)));
}
