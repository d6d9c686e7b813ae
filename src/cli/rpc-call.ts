import { connectPos, type PosClient } from "../client/pos-client.ts";
import { NoAnswer, PosError } from "../client/pos-error.ts";
import { settings as whole } from "../model/settings/settings.ts";
import { readSections } from "./read-sections.ts";
import type { RpcFlags } from "./rpc.ts";
import { toldToStop } from "./told-to-stop.ts";

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
	const client = await connectPos(path).catch((error: unknown) => fail(whyAway(path, error)));
	if (client === undefined) return;
	const never = new Promise<never>(() => undefined);
	const words = await Promise.race([flags.events ? stopped() : never, converse(client, request, flags)]);
	if (words !== undefined) fail(words);
	await client.close();
}

/** Resolves with what went wrong, if anything did. */
async function converse(
	client: PosClient,
	request: Request | undefined,
	{ events, since }: RpcFlags,
): Promise<string | undefined> {
	// What comes unasked is printed as it is, an event alone and all else under its name.
	if (events) {
		client.unasked$.subscribe(({ method, params }) =>
			write(JSON.stringify(method === "event" ? params : { method, params })),
		);
	}
	const subscribe = { method: "events.subscribe", params: since === undefined ? {} : { since } };
	const refused =
		(events && (await refusalOf(client, subscribe))) ||
		(request && (await refusalOf(client, request, print)));
	if (refused) return refused;
	return events ? whyNot("events", await client.closed) : undefined;
}

/** Why the daemon does not do it; undefined when it has. */
async function refusalOf(
	client: PosClient,
	{ method, params }: Request,
	show: (result: unknown) => void = () => undefined,
): Promise<string | undefined> {
	try {
		show(await client.ask(method, params));
		return undefined;
	} catch (error) {
		return whyNot(method, error);
	}
}

/** Ctrl-C, or nobody reads any more. */
async function stopped(): Promise<undefined> {
	await Promise.race([
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

function whyNot(method: string, error: unknown): string {
	if (error instanceof PosError) return refusalWords(method, error);
	if (error instanceof NoAnswer) return error.message;
	return `the connection broke: ${codeOf(error)}`;
}

function refusalWords(
	method: string,
	{ message, data: { moneyMoved, acts, next, cashier } }: PosError,
): string {
	const words = [
		`${method} is refused: ${message}`,
		`  money moved: ${moneyMoved}; who can act: ${acts}; next: ${next}`,
		`  the cashier reads: ${cashier.title}. ${cashier.text}`,
	];
	return words.map((line) => line.replace(/\p{Cc}/gu, "?")).join("\n");
}

/** What to do when the daemon cannot be reached. */
function whyAway(path: string, error: unknown): string {
	if (error instanceof NoAnswer) return `${error.message}: its log may say what it does`;
	const where = "--socket PATH, or --config FILE, says where else its socket may be";
	const code = codeOf(error);
	switch (code) {
		case "ENOENT":
			return `kassad does not run: there is no ${path}.\nStart it with: npm start\n(${where}.)`;
		case "ECONNREFUSED":
			return `kassad does not run: nobody answers at ${path}.\nStart it with: npm start\n(${where}.)`;
		case "EACCES":
			return `this user may not connect to ${path}: be kassad's user or of its group, as socket.mode allows`;
		default:
			return `cannot connect to ${path}: ${code}; ${where}`;
	}
}

function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return "code" in error ? String(error.code) : error.message;
}

function fail(words: string): undefined {
	process.stderr.write(`kassad: ${words}\n`);
	process.exitCode = 1;
}
