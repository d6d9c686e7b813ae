import { Command } from "commander";
import { printerDrivers, scannerDrivers } from "../drivers/index.ts";
import { completionCommand } from "./cli/completion.ts";
import { shippedConfig, withConfig } from "./cli/config-option.ts";
import { devicesCommand } from "./cli/devices.ts";
import { doctorCommand } from "./cli/doctor.ts";
import { explained } from "./cli/exit-codes.ts";
import { journalCommands } from "./cli/journal.ts";
import { helpStyle, teachManners } from "./cli/manners.ts";
import { printCommands } from "./cli/print.ts";
import { reconcileCommand } from "./cli/reconcile.ts";
import { recordCommand } from "./cli/record.ts";
import { replayCommand } from "./cli/replay.ts";
import { reportCommand } from "./cli/report.ts";
import { rpcCommand } from "./cli/rpc.ts";
import { scanCommand } from "./cli/scan.ts";
import { selfTestCommand } from "./cli/selftest.ts";
import { storesCommands } from "./cli/stores.ts";
import { storyCommand } from "./cli/story.ts";
import { loadStoryWords } from "./cli/story-words.ts";
import { version } from "./cli/version.ts";
import { summary } from "./config/summary.ts";
import { type LoadedConfig, loadConfig } from "./config.ts";
import { loadDocuments } from "./documents.ts";
import { loadMessages } from "./messages.ts";
import { FaultError } from "./model/fault.ts";
import { compileLayouts } from "./scan/layouts.ts";

const about = `The daemon of a shop till: one scan of a Koshelek loyalty card becomes one paid,
journaled and printed slip. The POS program talks to it over a local socket.`;

const afterword = `
A first start:
  1. Change what is marked [SHOP] in ${shippedConfig}.
  2. Put the secrets where that file says, for example:
       export KASSAD_PAY_PASSWORD=... KASSAD_BRAND_KEY=...
  3. npm run -s kassad -- config check
  4. npm start

kassad writes its log to the standard output, one JSON object per line. It stops
on SIGTERM or Ctrl-C, after what it is doing has reached the disk.

kassad COMMAND --help has the options, examples and exit codes of a command.

Exit codes:
  0  all is well
  1  a fault, or an answer that somebody should look at
  2  wrong usage, or something is wrong in the settings or another file`;

/** Each adds its commands. */
const parts: readonly ((program: Command) => void)[] = [
	runCommand,
	configCommands,
	devicesCommand,
	scanCommand,
	recordCommand,
	replayCommand,
	storesCommands,
	printCommands,
	selfTestCommand,
	doctorCommand,
	rpcCommand,
	storyCommand,
	reportCommand,
	reconcileCommand,
	journalCommands,
	completionCommand,
];

/** The whole command line. */
export function commands(): Command {
	const program = new Command("kassad")
		.usage("COMMAND [options]")
		.description(about)
		.version(version(), "--version", "print the version")
		.helpOption("--help", "show this page, or that of a command")
		.helpCommand(false)
		.configureHelp(helpStyle)
		.addHelpText("after", afterword)
		.showHelpAfterError("\nkassad --help tells what there is.")
		.exitOverride();
	for (const add of parts) add(program);
	teachManners(program);
	return program;
}

function runCommand(program: Command): void {
	withConfig(program.command("run"), "file with the settings")
		.description("start the daemon and stay until it is told to stop")
		.action(async ({ config }: { config: string }) => {
			const settings = load(config);
			const { run } = await import("./main.ts");
			await run(settings);
		});
}

function configCommands(program: Command): void {
	const config = program
		.command("config")
		.description("look at the settings: config check")
		.helpCommand(false);
	withConfig(config.command("check"), "file to check")
		.description("check settings, secrets, messages and documents, and show what they say")
		.action(({ config }: { config: string }) => check(config));
}

function load(path: string): LoadedConfig {
	return loadConfig(path, process.env, { scanners: scannerDrivers, printers: printerDrivers });
}

/** Everything that `run` would refuse, found without opening a device or a connection. */
function check(path: string): void {
	const wrong: string[] = [];
	const attempt = <T>(deed: () => T, place = ""): T | undefined => {
		try {
			return deed();
		} catch (error) {
			if (!(error instanceof FaultError)) throw error;
			wrong.push(`${place}${error.detail}`);
			return undefined;
		}
	};
	const config = attempt(() => load(path));
	if (config !== undefined) {
		const brands = config.settings.brands.map((brand) => ({ ...brand, passLength: brand.totp.passLength }));
		attempt(() => compileLayouts(brands), `${path}: brands: `);
	}
	for (const language of ["ru", "en"] as const) {
		attempt(() => loadMessages(language));
		attempt(() => loadStoryWords(language));
	}
	attempt(() => loadDocuments());
	if (config === undefined || wrong.length > 0) throw new FaultError("config-invalid", wrong.join("\n"));
	process.stdout.write(`${path} is in order.\n${summary(config.settings)}\n`);
	for (const warning of config.warnings) process.stderr.write(`warning: ${warning}\n`);
}

function end(error: unknown): void {
	const { code, words } = explained(error);
	process.stderr.write(words);
	process.exitCode = code;
}

/** Node does not wait for what a pipe has not taken yet: whoever reads slowly would miss the end of a long answer. */
async function saidAll(out: NodeJS.WriteStream): Promise<void> {
	if (out.writableLength > 0) await new Promise<void>((resolve) => out.write("", () => resolve()));
}

if (import.meta.main) {
	// What nobody catches Node would print with all that hangs on it, such as the request that failed.
	process.once("uncaughtException", (error) => {
		end(error);
		process.exit();
	});
	await commands().parseAsync().catch(end);
	await saidAll(process.stdout);
	// A daemon that has failed must end even if a device is still open.
	process.exit();
}
