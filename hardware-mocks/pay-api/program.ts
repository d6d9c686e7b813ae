import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import type { MockPayApi, PayApiOptions } from "../pay-api.ts";
import { type Control, startControl } from "./control.ts";
import { commandLine, type Flags, postbackOf, scriptOf } from "./flags.ts";
import { callLine, postbackLine } from "./telling.ts";
import { tillSettings, variables } from "./till-settings.ts";

type Start = (options: PayApiOptions) => Promise<MockPayApi>;
type Running = { readonly api: MockPayApi; readonly control: Control };

/** Runs a Pay API and its control until it is interrupted, and draws a line for each call. */
export async function runPayApiProgram(start: Start): Promise<void> {
	const command = commandLine().parse();
	const flags = command.opts<Flags>();
	const { api, control } = await open(start, flags).catch((error: Error) => fail(command, error));
	const caFile = resolve(flags.caFile);
	mkdirSync(dirname(caFile), { recursive: true });
	writeFileSync(caFile, api.caPem);
	console.log(introduction({ api, control }, { ...flags, caFile }));
	const abort = new AbortController();
	const { signal } = abort;
	await Promise.race([once(process, "SIGINT", { signal }), once(process, "SIGTERM", { signal })]);
	abort.abort();
	await Promise.all([control.close(), api.close()]);
	console.log(
		`\nPayments made: ${api.paymentsMade()}. Requests against the document: ${api.complaints.length}.`,
	);
	for (const complaint of new Set(api.complaints)) console.log(`  ${complaint}`);
}

async function open(start: Start, flags: Flags): Promise<Running> {
	const { port, login, password, chaos } = flags;
	const postback = postbackOf(flags);
	const api = await start({
		...{ port, login, password, script: scriptOf(flags) },
		...(chaos !== undefined && { chaos }),
		...(postback && { postback }),
		tell: (record) => {
			if (record.call !== "warm") console.log(callLine(record));
		},
		tellPostback: (record) => console.log(postbackLine(record)),
	});
	try {
		return { api, control: await startControl(api, flags.controlPort) };
	} catch (error) {
		await api.close();
		throw error;
	}
}

function fail(command: Command, error: Error & { readonly code?: string; readonly port?: number }): never {
	const isTaken = error.code === "EADDRINUSE";
	return command.error(
		isTaken ? `port ${error.port} is taken: stop the other program, or choose another` : error.message,
	);
}

/** What it is, where it is, and what to tell kassad. */
function introduction({ api, control }: Running, flags: Flags): string {
	const postback = postbackOf(flags);
	const { login, password, caFile, chaos } = flags;
	const secrets = [
		`export ${variables.pay}=${quoted(password)}`,
		...(postback ? [`export ${variables.postback}=${quoted(postback.password)}`] : []),
	];
	return [
		`A Pay API that moves no money, on ${api.url}`,
		`Its control, on ${control.url} (hardware-mocks/README.md)`,
		...(chaos === undefined
			? []
			: [`A bad day: stories and troubles by chance, again with --chaos ${chaos}`]),
		"\nIn kassad.yaml, what is not named here stays:\n",
		indented(tillSettings(api, { login, caFile, ...(postback && { postback }) })),
		"\nIn the shell that starts kassad:\n",
		indented(secrets.join("\n")),
		"\nEnd with Ctrl-C. Every call of a till is a line:\n",
	].join("\n");
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

function indented(text: string): string {
	return text.trimEnd().replace(/^/gm, "  ");
}
