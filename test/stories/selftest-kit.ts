import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import type { MockScanner } from "../../hardware-mocks/scanner.ts";
import { type Grey, greyOfColours } from "../../src/scan/pictures/grey.ts";
import { openZxingWasm } from "../../src/scan/pictures/zxing-wasm.ts";
import { coloursOf } from "./picture-colours.ts";
import { settingsFile } from "./shop.ts";

/** Which symbologies a scanner of ours tells by which AIM identifier (ISO/IEC 15424). */
const aims = { qr: "]Q1", datamatrix: "]d1", pdf417: "]L0", code128: "]C0" } as const;

type Symbol = keyof typeof aims;

/** The names of all internal checks. */
export const machine = [
	"folders",
	"modes",
	"devices",
	"texts",
	"disk",
	"journal",
	"server",
	"certificate",
	"clock",
	"daemon",
];

/** As the words of the self-test call them. */
const names: Readonly<Record<string, Symbol>> = {
	QR: "qr",
	DataMatrix: "datamatrix",
	PDF417: "pdf417",
	"Code 128": "code128",
};

const engine = openZxingWasm();

/** What a scanner sees in the picture of a piece of paper: each code's text, by its symbology. */
export async function codesIn(png: Buffer): Promise<ReadonlyMap<string, string>> {
	const found = (await engine)(await greyOf(png), 8);
	// The engine tells each code's kind as scanners do, by an AIM identifier in front of it.
	return new Map(
		found.map(({ bytes, symbology }) => [String(symbology), Buffer.from(bytes).toString("latin1")] as const),
	);
}

async function greyOf(png: Buffer): Promise<Grey> {
	return greyOfColours(await coloursOf(png), 4);
}

/** Who stands at the till: what is done when the self-test asks for it. */
export type Technician = {
	/** What is held to a scanner when a code is asked for: the bytes that it sends, or nothing. */
	readonly hold?: (symbol: Symbol, code: string, scanner: MockScanner) => Promise<unknown>;
	/** What eyes say of the newest sheet. */
	readonly look?: (paper: string) => "y" | "n";
};

/** Holds the code to the scanner as it is printed. */
export const honest = (symbol: Symbol, code: string, scanner: MockScanner) =>
	scanner.show(aims[symbol], code);

type Check = {
	readonly check: string;
	readonly kind: string;
	readonly state: "green" | "red" | "skipped";
	readonly ms: number;
	readonly remarks: readonly { readonly code: string; readonly facts: Readonly<Record<string, string>> }[];
	readonly said: {
		readonly title: string;
		readonly notes: readonly string[];
		readonly reds: readonly object[];
	};
};

export type Proof = {
	readonly code: number;
	/** What was on the screen. */
	readonly screen: string;
	readonly checks: readonly Check[];
	/** Names of the checks, by how they are. */
	readonly by: Readonly<Record<Check["state"], readonly string[]>>;
};

/** The real `kassad selftest`, with a technician who does what it says. */
export async function prove(
	stage: Stage,
	args: readonly string[],
	{ hold = honest, look }: Technician = {},
): Promise<Proof> {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const [, password = ""] = stage.credentials.split(":");
	const child = spawn(
		process.execPath,
		[program, "selftest", "--config", settingsFile(stage), "--language", "en", "--json", ...args],
		{
			env: { ...process.env, KASSAD_PAY_PASSWORD: password, KASSAD_BRAND_KEY: stage.brandKey },
			stdio: ["pipe", "pipe", "pipe"],
		},
	);
	const screen: string[] = [];
	createInterface({ input: child.stderr }).on("line", (line) => {
		screen.push(line);
		const [, name, scanner] = /Read the (.+) of the newest sheet with scanner (\w+)/.exec(line) ?? [];
		if (name !== undefined && scanner !== undefined) void obey(stage, names[name] ?? "qr", hold);
		if (/are the Russian letters right/.test(line)) {
			child.stdin.write(`${look?.(stage.printer.receipts.at(-1)?.text ?? "") ?? "y"}\n`);
		}
	});
	const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
	const checks: readonly Check[] = stdout === "" ? [] : JSON.parse(stdout).checks;
	const having = (wanted: string) => checks.filter(({ state }) => state === wanted).map(({ check }) => check);
	const by = { green: having("green"), red: having("red"), skipped: having("skipped") };
	return { code, screen: screen.join("\n"), checks, by };
}

async function obey(stage: Stage, symbol: Symbol, hold: NonNullable<Technician["hold"]>): Promise<void> {
	const sheet = stage.printer.receipts.at(-1);
	if (sheet === undefined) return;
	const codes = await codesIn(sheet.png);
	const code = codes.get(symbol);
	if (code !== undefined) await hold(symbol, code, stage.scanner);
}
