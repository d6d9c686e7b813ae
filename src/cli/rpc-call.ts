import { filter, firstValueFrom } from "rxjs";
import { systemClock } from "../clock.ts";
import { settings as whole } from "../model/settings/settings.ts";
import { type DaemonLine, type Deadlines, reachDaemon } from "./daemon-line.ts";
import type { Refusal, Said } from "./daemon-said.ts";
import { readSections } from "./read-sections.ts";
import type { RpcFlags } from "./rpc.ts";
import { toldToStop } from "./told-to-stop.ts";

/** `pay.providers` waits for the server; nothing else takes long. */
const deadlines: Deadlines = { connectMs: 5_000, answerMs: 60_000 };

/** A request by hand. */
export type Request = { readonly method: string; readonly params: object };

/**
 * Asks the running daemon and prints its answer. With `--events` it then prints events until Ctrl-C. The exit code is 1
 * when the daemon refuses, or is not there.
 * @param request undefined when only events are wanted.
 * @throws {FaultError} `config-invalid` when the settings do not say where the socket is.
 */
export async function askByHand(request: Request | undefined, flags: RpcFlags): Promise<void> {
	const path = flags.socket ?? readSections(flags.config, whole.pick({ socket: true })).socket.path;
	const line = await reachDaemon(path, deadlines, systemClock);
	if (typeof line === "string") {
		fail(line);
		return;
	}
	const never = new Promise<never>(() => undefined);
	await Promise.race([flags.events ? stopped() : never, converse(line, request, flags)]);
	line.close();
}

async function converse(line: DaemonLine, request: Request | undefined, { events, since }: RpcFlags) {
	const over = events && printed(line);
	const subscribe = { method: "events.subscribe", params: since === undefined ? {} : { since } };
	if (events && !(await answered(line, subscribe))) return;
	if (request !== undefined && !(await answered(line, request, print))) return;
	if (over) fail((await over).why);
}

/** Whether the daemon has done it. */
async function answered(
	line: DaemonLine,
	{ method, params }: Request,
	show: (result: unknown) => void = () => undefined,
): Promise<boolean> {
	const said = await line.ask(method, params);
	if (said.kind === "answer") show(said.result);
	else if (said.kind === "refusal") fail(refusalWords(method, said.refusal));
	else fail(said.why);
	return said.kind === "answer";
}

/** Prints what comes unasked, an event as it is and all else under its name, and resolves at the end of it. */
function printed({ unasked$ }: DaemonLine): Promise<Extract<Said, { kind: "over" }>> {
	unasked$.subscribe((said) => {
		if (said.kind !== "unasked") return;
		const { method, params } = said;
		write(JSON.stringify(method === "event" ? params : { method, params }));
	});
	return firstValueFrom(unasked$.pipe(filter((said) => said.kind === "over")));
}

/** Ctrl-C, or nobody reads any more. */
function stopped(): Promise<unknown> {
	return Promise.race([
		toldToStop(),
		new Promise((resolve) => process.stdout.once("error", () => resolve(undefined))),
	]);
}

const print = (result: unknown) => write(JSON.stringify(result, undefined, 2));

/** JSON may have characters in it that steer a terminal; written otherwise it is the same JSON. */
function write(json: string): void {
	const harmless = json.replace(
		/[\u007f-\u009f]/g,
		(character) => `\\u00${character.charCodeAt(0).toString(16)}`,
	);
	process.stdout.write(`${harmless}\n`);
}

function refusalWords(method: string, { message, data }: Refusal): string {
	const words = [`${method} is refused: ${message}`];
	if (data !== undefined) {
		const { moneyMoved, acts, next, cashier } = data;
		words.push(
			`  money moved: ${moneyMoved}; who can act: ${acts}; next: ${next}`,
			`  the cashier reads: ${cashier.title}. ${cashier.text}`,
		);
	}
	return words.map((line) => line.replace(/\p{Cc}/gu, "?")).join("\n");
}

function fail(words: string): void {
	process.stderr.write(`kassad: ${words}\n`);
	process.exitCode = 1;
}
