import type { FaultCode } from "../model/fault.ts";

/** How the commands stand on the first page of the help, in this order. */
export const commandGroups = {
	run: "Run the till:",
	look: "Look at scanners, printers and paper:",
	prove: "Prove that all is well:",
	count: "Count the money:",
	ask: "Ask what happened:",
} as const;

/** What is true of a command besides its options. */
export type CommandFacts = {
	/** Of the first word. */
	readonly group: keyof typeof commandGroups;
	/** Whether the daemon of the same settings may or must run meanwhile. */
	readonly daemon: "any" | "stopped" | "running" | "itself";
	/** Without the first word `kassad`; none where the command's own help has them. */
	readonly examples: readonly string[];
	/** What each exit code means; 2 is `usage` unless it means more. */
	readonly ok: string;
	readonly fault?: string;
	readonly usage?: string;
	/** The faults that end it with exit code 1; `internal-failure` may end any. */
	readonly faults: readonly FaultCode[];
};

const usual = "wrong usage, or something is wrong in the settings";
const noJournal = "the journal cannot be read";

/**
 * All commands, by their words. Each help page, the table in README and the tests of exit codes are made from this or
 * held against it; a command that is missing here is a failed test.
 */
export const commandFacts: Readonly<Record<string, CommandFacts>> = {
	run: {
		...{ group: "run", daemon: "itself", examples: ["run", "run --config /etc/kassad/kassad.yaml"] },
		ok: "it was told to stop, by SIGTERM or Ctrl-C",
		fault: "it could not start, or can no longer trust its disk: start it again",
		faults: ["journal-failed"],
	},
	"config check": {
		...{ group: "run", daemon: "any", examples: ["config check", "config check --config new.yaml"] },
		ok: "the daemon would start with these settings",
		usage: "wrong usage, or the settings, secrets, messages or documents are wrong: all of it is listed",
		faults: [],
	},
	"stores add": {
		...{ group: "run", daemon: "any" },
		examples: ["stores add stores.csv --dry-run", "stores add stores.csv --yes"],
		ok: "all stores were accepted, or it was a dry run",
		fault: "not all stores were accepted, or the question was answered with no",
		usage: "wrong usage, or something is wrong in the settings or the file: nothing was sent",
		faults: [],
	},
	"stores update": {
		...{ group: "run", daemon: "any", examples: ["stores update stores.csv"] },
		ok: "all stores were accepted, or it was a dry run",
		fault: "not all stores were accepted, or the question was answered with no",
		usage: "wrong usage, or something is wrong in the settings or the file: nothing was sent",
		faults: [],
	},
	"stores list": {
		...{ group: "run", daemon: "any", examples: ["stores list", "stores list --json"] },
		ok: "the server told its list",
		fault: "the server did not tell it",
		faults: ["server-unreachable", "server-silent", "server-certificate", "server-answer-unreadable"],
	},
	devices: {
		...{ group: "look", daemon: "any" },
		examples: ["devices", "devices --json", "devices --udev > 60-kassad.rules"],
		ok: "it was looked, whatever is plugged in",
		faults: [],
	},
	scan: {
		...{ group: "look", daemon: "stopped", examples: ["scan", "scan --scanner front --quiet"] },
		ok: "Ctrl-C ended it",
		fault: "the daemon holds the scanners",
		faults: ["scanner-away"],
	},
	record: {
		...{ group: "look", daemon: "stopped" },
		examples: [
			"record --scanner front --out odd.jsonl",
			"record --path /dev/ttyACM0 --driver zebra-serial --out odd.jsonl",
		],
		ok: "the recording is written",
		fault: "the scanner cannot be opened",
		usage: "wrong usage, something is wrong in the settings, or the file cannot be written",
		faults: ["scanner-away"],
	},
	replay: {
		...{ group: "look", daemon: "any", examples: ["replay odd.jsonl", "replay odd.jsonl --speed 10"] },
		ok: "it was played; when it says what should come of it, that came",
		fault: "something else came of it than the recording says",
		usage: "wrong usage, or the file is no recording",
		faults: [],
	},
	"print preview": {
		...{ group: "look", daemon: "any", examples: [] },
		ok: "the document is shown",
		fault: "the paper lacks something: characters that the printer does not have, a line that is too long",
		faults: [],
	},
	"print test": {
		...{ group: "look", daemon: "stopped", examples: ["print test", "print test --printer receipt --json"] },
		ok: "the printer has proved that the sheet is printed",
		fault: "it has not, or the printer cannot be reached",
		faults: ["printer-unreachable"],
	},
	"print setup": {
		...{ group: "look", daemon: "stopped", examples: ["print setup", "print setup datalogic-touch"] },
		ok: "the bar codes are proved to be printed, or the families are listed",
		fault: "they are not, or the printer cannot be reached",
		faults: ["printer-unreachable"],
	},
	"print codepages": {
		...{
			group: "look",
			daemon: "stopped",
			examples: ["print codepages", "print codepages --printer receipt"],
		},
		ok: "the code page is in the settings, or nothing was chosen",
		fault: "the printer cannot be reached",
		faults: ["printer-unreachable"],
	},
	doctor: {
		...{ group: "prove", daemon: "running", examples: ["doctor", "doctor --json > doctor.json"] },
		ok: "nothing is red: this till is safe as far as can be tried",
		fault: "something is red, each with what to do, or kassad does not run",
		faults: [],
	},
	"journal verify": {
		...{ group: "prove", daemon: "any", examples: [] },
		ok: "the journal is whole",
		fault: `rows or entries are not as kassad wrote them, or ${noJournal}`,
		faults: ["journal-failed"],
	},
	"journal backup": {
		...{ group: "prove", daemon: "any", examples: [] },
		ok: "the copy is made, and was proved whole",
		fault: "there is no copy, or its rows are not as kassad wrote them",
		usage: "wrong usage, something is wrong in the settings, or something is at the place already",
		faults: ["journal-failed"],
	},
	"journal export": {
		...{ group: "prove", daemon: "any", examples: [] },
		ok: "all rows are in the file",
		fault: noJournal,
		usage: "wrong usage, something is wrong in the settings, or the file cannot be written",
		faults: ["journal-failed"],
	},
	report: {
		...{ group: "count", daemon: "any", examples: [] },
		ok: "the report is made",
		fault: `there is no such shift, or ${noJournal}`,
		usage: "wrong usage, something is wrong in the settings, or the file cannot be written",
		faults: ["shift-not-found", "journal-failed"],
	},
	reconcile: {
		...{ group: "count", daemon: "any", examples: [] },
		ok: "the till and the server agree",
		fault: `they differ, not all could be asked, or ${noJournal}`,
		faults: [
			"credentials-refused",
			"address-not-found",
			"request-refused",
			"server-certificate",
			"journal-failed",
		],
	},
	story: {
		...{ group: "ask", daemon: "any", examples: [] },
		ok: "the story is told",
		fault: `there is no such order, or ${noJournal}`,
		faults: ["operation-not-found", "journal-failed"],
	},
	selftest: {
		...{ group: "prove", daemon: "any" },
		examples: ["selftest", "selftest --only internal", "selftest --no-payment --yes --json > selftest.json"],
		ok: "nothing is wrong; what was left out is said",
		fault: "something is wrong: each red line says what to do",
		faults: ["self-test-running"],
	},
	rpc: {
		...{ group: "ask", daemon: "running", examples: [] },
		ok: "it was answered",
		fault: "it was refused, with any fault of the table, or the daemon does not run",
		faults: [],
	},
	completion: {
		...{ group: "run", daemon: "any", examples: [] },
		ok: "the script is on the standard output",
		faults: [],
	},
};

/** What exit code 2 means for a command. */
export const usageOf = ({ usage = usual }: CommandFacts): string => usage;
