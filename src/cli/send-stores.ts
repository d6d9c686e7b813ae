import { extname } from "node:path";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { systemClock } from "../clock.ts";
import { readSmallFile } from "../config/file.ts";
import { loadStoreApi } from "../config.ts";
import { FaultError } from "../model/fault.ts";
import type { StoreApiSettings } from "../model/settings/stores.ts";
import { openStoreApi } from "../stores/api.ts";
import { checkStores, type StoreInFile } from "../stores/check.ts";
import { type Sent, sendStores } from "../stores/send.ts";
import { progressOn } from "./progress.ts";
import { countsOf, fileTable, sentJson, sentReport } from "./stores-report.ts";

const mostFileBytes = 4_194_304;

export type SendFlags = { config: string; dryRun?: true; yes?: true; json?: true };

/**
 * Checks a file of stores, asks the person, sends the stores and tells what became of each. Unless all are accepted
 * the exit code is 1.
 * @throws {FaultError} `config-invalid` when something in the settings or the file is wrong; then nothing was sent.
 */
export async function sendFile(
	call: "add" | "update",
	file: string,
	flags: SendFlags,
	command: Command,
): Promise<void> {
	const access = loadStoreApi(flags.config, process.env);
	const { settings } = access;
	const stores = readStores(file, settings.enums, command);
	const plan = planOf(call, stores.length, settings);
	if (flags.dryRun) {
		const shown = flags.json ? JSON.stringify(stores.map(({ store }) => store)) : fileTable(stores);
		process.stdout.write(`${shown}\n`);
		process.stderr.write(`It would ${plan}. Nothing was sent.\n`);
		return;
	}
	if (!flags.yes && !process.stdin.isTTY) command.error("error: nobody is there to ask: give --yes to send");
	if (!flags.yes && !(await agreed(plan))) {
		process.stderr.write("Nothing was sent.\n");
		process.exitCode = 1;
		return;
	}
	const progress = progressOn(process.stderr, stores.length, "stores");
	const { mostPerRequest } = settings;
	const tell = (sent: readonly Sent[]) => progress.tell(sent.length, countsOf(sent));
	const options = { mostPerRequest, stop: stopOnInterrupt(), tell };
	const sent = await sendStores(openStoreApi(access, systemClock), call, stores, options);
	progress.end();
	process.stdout.write(`${flags.json ? JSON.stringify(sentJson(sent)) : sentReport(sent)}\n`);
	if (sent.some(({ outcome }) => outcome !== "accepted")) process.exitCode = 1;
}

/** `add 120 stores to brand ... at https://..., in 3 requests`. */
function planOf(
	call: "add" | "update",
	count: number,
	{ brandId, baseUrl, mostPerRequest }: StoreApiSettings,
) {
	const requests = Math.ceil(count / mostPerRequest);
	const many = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
	const preposition = call === "add" ? "to" : "of";
	return `${call} ${many(count, "store")} ${preposition} brand ${brandId} at ${baseUrl}, in ${many(requests, "request")}`;
}

function readStores(
	file: string,
	enums: StoreApiSettings["enums"],
	command: Command,
): readonly StoreInFile[] {
	const extension = extname(file).toLowerCase();
	if (![".csv", ".yaml", ".yml"].includes(extension)) {
		command.error(`error: expected a file that ends in .csv, .yaml or .yml, got ${file}`);
	}
	const { text } = readSmallFile(file, mostFileBytes);
	const checked = checkStores(text, extension === ".csv" ? "csv" : "yaml", enums);
	if (checked.kind === "sound") return checked.stores;
	const lines = checked.findings.map(({ line, column, text }) =>
		[`${file}, line ${line}`, ...(column === undefined ? [] : [column]), text].join(": "),
	);
	throw new FaultError("config-invalid", [...lines, "Nothing was sent."].join("\n"));
}

/** Asks the person at the terminal; whatever is not a yes is a no. */
function agreed(plan: string): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	return new Promise((resolve) => {
		terminal.once("close", () => resolve(false));
		terminal.question(`${plan[0]?.toUpperCase()}${plan.slice(1)}? [y/N] `, (answer) => {
			resolve(/^\s*(y|yes|д|да)\s*$/i.test(answer));
			terminal.close();
		});
	});
}

/** The first Ctrl-C lets the request under way come to its end, so that its stores are not unknown. */
function stopOnInterrupt(): AbortSignal {
	const stop = new AbortController();
	process.once("SIGINT", () => {
		process.stderr.write("\nStopping after this request. Ctrl-C again ends at once.\n");
		stop.abort();
	});
	return stop.signal;
}
