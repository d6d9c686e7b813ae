import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { commandFacts } from "../../src/cli/commands.ts";
import { type Provocation, type Scene, setScene } from "./exit-codes-kit.ts";
import { openShop, payOnce } from "./shop.ts";

let stage: Stage;
let scene: Scene;
beforeAll(async () => {
	stage = await openShop();
	await payOnce(stage);
	scene = await setScene(stage);
}, 60_000);
afterAll(async () => {
	await scene.close();
	await stage.strike();
});

type Provocations = { readonly 0: Provocation; readonly 1?: Provocation; readonly 2: Provocation };

const noFile: Provocation = { till: "none", says: /cannot read .*none\.yaml: no such file/ };
const noJournal: Provocation = { till: "broken", says: /journal-failed: could not read .*: .*\. [A-Z].*\./ };
const file = (name: string) => `@${name}`;

/** Every exit code of every command in the table, brought about by the real program. */
const provocations: Readonly<Record<string, Provocations>> = {
	run: {
		0: { till: "idle", until: /"msg":"ready"/, says: /"msg":"stopping"/ },
		1: { till: "broken", says: /kassad: journal-failed: could not .*: .*\. [A-Z].*/ },
		2: { ...noFile },
	},
	"config check": {
		0: { says: /is in order/ },
		2: { bare: true, says: /KASSAD_PAY_PASSWORD/ },
	},
	"stores add": {
		0: { till: "idle", args: [file("stores.csv"), "--yes"], says: /1 accepted/ },
		1: { till: "broken", args: [file("stores.csv"), "--yes"], says: /not sent/ },
		2: { till: "idle", args: [file("bad.csv"), "--yes"], says: /zip.*\nNothing was sent/ },
	},
	"stores update": {
		0: { till: "idle", args: [file("stores.csv"), "--dry-run"], says: /Nothing was sent/ },
		1: { till: "broken", args: [file("stores.csv"), "--yes"], says: /not sent/ },
		2: { till: "idle", args: [file("empty"), "--yes"], says: /ends in \.csv, \.yaml or \.yml/ },
	},
	"stores list": {
		0: { till: "idle" },
		1: { till: "broken", says: /kassad: server-/ },
		2: { till: "idle", bare: true, says: /KASSAD_STORE_PASSWORD/ },
	},
	devices: { 0: { says: /Device/ }, 2: { args: ["more"], says: /too many arguments/ } },
	scan: {
		0: { till: "idle", until: /is there/ },
		1: { says: /kassad runs and holds the scanners .*: stop it, try again/ },
		2: { till: "idle", args: ["--scanner", "nobody"], says: /no such scanner in .*; it has: front/ },
	},
	record: {
		0: { till: "idle", args: ["--scanner", "front", "--seconds", "1", "--out", file("new.jsonl")] },
		1: {
			args: ["--path", file("nothing"), "--driver", "serial-generic", "--out", file("none.jsonl")],
			says: /scanner-away/,
		},
		2: { args: ["--scanner", "front", "--out", file("good.jsonl")], says: /is there already/ },
	},
	replay: {
		0: { args: [file("good.jsonl"), "--speed", "100"], says: /All as the recording says/ },
		1: { args: [file("wrong.jsonl"), "--speed", "100"], says: /expected ean8/ },
		2: { args: [file("no.jsonl")], says: /no\.jsonl/ },
	},
	"print preview": {
		0: { args: ["payment", "--text"] },
		1: { args: ["payment", "--mark", "copy", "--documents", file("odd.yaml"), "--text"] },
		2: { args: ["invoice"], says: /expected one of: payment, / },
	},
	"print test": {
		0: { till: "idle", says: /printed, proved by/ },
		1: { says: /kassad runs and holds the printers .*: stop it, try again/ },
		2: { args: ["--printer", "nobody"], says: /no such printer in .*; it has: receipt/ },
	},
	"print setup": {
		0: { till: "idle" },
		1: { till: "broken", args: ["datalogic-touch"], says: /printer-unreachable/ },
		2: { till: "idle", args: ["nobody"] },
	},
	"print codepages": {
		0: { till: "idle", until: /Read the barcode/, typed: "\n", says: /nothing is changed/ },
		1: { till: "broken", says: /kassad: printer-unreachable: / },
		2: { args: ["--printer", "nobody"], says: /no such printer/ },
	},
	doctor: {
		0: { says: /kassad runs/ },
		1: { till: "idle", says: /✗ kassad runs/ },
		2: noFile,
	},
	selftest: {
		0: { args: ["--only", "internal", "--yes"] },
		1: { till: "broken", args: ["--only", "internal", "--yes"] },
		2: { args: ["--only", "everything"], says: /Allowed choices are/ },
	},
	"journal verify": {
		0: { says: /whole/i },
		1: noJournal,
		2: { args: ["--head", "7"], says: /Expected the number/ },
	},
	"journal backup": {
		0: { args: ["--out", file("copy")], says: /every row is as kassad wrote it/ },
		1: { ...noJournal, args: ["--out", file("no-copy")] },
		2: { args: ["--out", file("stores.csv")], says: /is there already: name another/ },
	},
	"journal export": {
		0: { args: ["--out", file("all.jsonl")], says: /Written: / },
		1: { ...noJournal, args: ["--out", file("no-lines")] },
		2: { args: ["--out", file("stores.csv")], says: /cannot write .*: it is there already; name another/ },
	},
	report: {
		0: { says: /kassad report/ },
		1: noJournal,
		2: { args: ["--out", file("stores.csv")], says: /no report of this format; move it away/ },
	},
	reconcile: {
		0: {},
		1: noJournal,
		2: { args: ["--day", "yesterday"], says: /Expected a day, such as/ },
	},
	story: {
		0: { args: ["order-1"] },
		1: { args: ["order-7777"], says: /order-1/ },
		2: { args: ["1", "--language", "fr"], says: /Allowed choices are ru, en/ },
	},
	rpc: {
		0: { args: ["hello", '{"client":"me"}'] },
		1: { till: "idle", args: ["hello"], says: /idle\.sock/ },
		2: { args: ["hello", "{"], says: /That is not JSON/ },
	},
	completion: {
		0: { args: ["bash"], says: /complete -F/ },
		2: { args: ["cmd"], says: /Allowed choices are bash, zsh, fish, powershell/ },
	},
};

const all = Object.entries(commandFacts).flatMap(([command, { fault }]) =>
	([0, 1, 2] as const).filter((code) => code !== 1 || fault !== undefined).map((code) => ({ command, code })),
);

test("every exit code of the table has a provocation, and no other", () => {
	const codes = Object.entries(provocations).flatMap(([command, some]) =>
		Object.keys(some).map((code) => ({ command, code: Number(code) })),
	);
	const inOrder = (list: readonly { command: string; code: number }[]) =>
		list.map(({ command, code }) => `${command} ${code}`).toSorted();
	expect(inOrder(codes)).toEqual(inOrder(all));
});

test.each(all)(
	"kassad $command ends with $code",
	async ({ command, code }) => {
		const provocation = provocations[command]?.[code] ?? {};
		const args = provocation.args?.map((arg) => (arg.startsWith("@") ? scene.at(arg.slice(1)) : arg));
		const came = await scene.provoke(command, { ...provocation, ...(args && { args }) });
		expect(came.code, came.words).toBe(code);
		expect(came.words).toMatch(provocation.says ?? /./);
		// Whatever is wrong, nobody has to read a stack.
		expect(came.words).not.toMatch(/^ {4}at /m);
	},
	60_000,
);
