import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { type MockPrinter, startPrinter } from "../../hardware-mocks/printer.ts";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import { type MockStoreApi, startStoreApi } from "../../hardware-mocks/store-api.ts";
import { csvOf, rowOf } from "../stores/kit.ts";
import { type Change, changed, settingsFile } from "./shop.ts";

const root = join(import.meta.dirname, "../..");

/** How a command is brought to an exit code. */
export type Provocation = {
	/** Behind the command's own words. */
	readonly args?: readonly string[];
	/** Which settings: of the running till; of another without a daemon; of one that does not work; or no file at all. */
	readonly till?: "running" | "idle" | "broken" | "none";
	/** When it has said so it is told to stop. */
	readonly until?: RegExp;
	/** What is typed. */
	readonly typed?: string;
	/** What it must have said. */
	readonly says?: RegExp;
	/** Without the secrets of the settings. */
	readonly bare?: true;
};

type Came = { readonly code: number | null; readonly words: string };

/** All that the commands of a till can meet. */
export type Scene = {
	/** A file or folder of the scene. */
	at(name: string): string;
	provoke(command: string, provocation: Provocation): Promise<Came>;
	close(): Promise<void>;
};

/** Beside the running till there stand another one whose daemon does not run, and one with a folder that cannot be. */
export async function setScene(stage: Stage): Promise<Scene> {
	const at = (name: string) => join(stage.folder, name);
	const scanner = plugScanner(at("idle-scanner"));
	const printer = await startPrinter({ model: "tm-t20iii" });
	const [, password = ""] = stage.credentials.split(":");
	const stores = await startStoreApi({ login: "stores", password });
	writeFiles(stage, stores, { scanner, printer });
	const env = {
		...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" },
		...{ KASSAD_PAY_PASSWORD: password, KASSAD_BRAND_KEY: stage.brandKey, KASSAD_STORE_PASSWORD: password },
	};
	return {
		at,
		provoke: (command, { till = "running", args = [], ...provocation }) => {
			const config = till === "running" ? settingsFile(stage) : at(`${till}.yaml`);
			const own = command === "completion" ? [] : ["--config", config];
			const { PATH, HOME } = env;
			return run(
				[...command.split(" "), ...args, ...own],
				provocation,
				provocation.bare ? { PATH, HOME } : env,
			);
		},
		close: async () => {
			await Promise.all([scanner.close(), printer.close(), stores.close()]);
		},
	};
}

function writeFiles(
	stage: Stage,
	stores: MockStoreApi,
	{ scanner, printer }: { readonly scanner: MockScanner; readonly printer: MockPrinter },
): void {
	const at = (name: string) => join(stage.folder, name);
	const usual = readFileSync(settingsFile(stage), "utf8");
	const store = { baseUrl: stores.url, login: "stores", caFile: at("stores.pem") };
	const idle: Change = (settings) => {
		settings.socket.path = at("idle.sock");
		settings.journal.folder = at("idle-journal");
		settings.scanners[0].path = scanner.link;
		const { host, port } = printer;
		Object.assign(settings.printers[0], { driver: "epson-tm-t20iii", connection: { by: "tcp", host, port } });
		Object.assign(settings.storeApi, store);
	};
	const broken: Change = (settings) => {
		idle(settings);
		settings.journal.folder = at("stores.csv/journal");
		settings.printers[0].connection = { by: "tcp", host: "127.0.0.1", port: 1 };
		settings.storeApi.baseUrl = "https://127.0.0.1:1";
	};
	writeFileSync(at("stores.pem"), stores.caPem);
	writeFileSync(at("stores.csv"), csvOf(rowOf("17")));
	writeFileSync(at("bad.csv"), csvOf(rowOf("17", { zip: "?" })));
	writeFileSync(at("idle.yaml"), changed(usual, idle));
	writeFileSync(at("broken.yaml"), changed(usual, broken));
	writeRecordings(at);
	const documents = readFileSync(join(root, "config/documents.yaml"), "utf8");
	writeFileSync(at("odd.yaml"), documents.replace("copy: КОПИЯ", "copy: 漢字"));
	mkdirSync(at("empty"));
}

function writeRecordings(at: (name: string) => string): void {
	const good = join(root, "hardware-mocks/recordings/serial-generic.jsonl");
	copyFileSync(good, at("good.jsonl"));
	const wrong = readFileSync(good, "utf8").replace('"symbology":"ean13"', '"symbology":"ean8"');
	writeFileSync(at("wrong.jsonl"), wrong);
	// A key of the settings' language is no recording.
	writeFileSync(at("no.jsonl"), JSON.stringify(parse("language: ru")));
}

function run(
	args: readonly string[],
	{ until, typed }: Provocation,
	env: Record<string, string>,
): Promise<Came> {
	const child = spawn(process.execPath, [join(root, "src/cli.ts"), ...args], { cwd: root, env });
	let words = "";
	let isTold = false;
	for (const output of [child.stdout, child.stderr]) {
		output.on("data", (data: Buffer) => {
			words += data.toString();
			if (isTold || until?.test(words) !== true) return;
			isTold = true;
			if (typed === undefined) child.kill("SIGINT");
			else child.stdin.end(typed);
		});
	}
	if (until === undefined) child.stdin.end(typed);
	return new Promise((resolve) => child.once("close", (code) => resolve({ code, words })));
}
