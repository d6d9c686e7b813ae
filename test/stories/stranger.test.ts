import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { freePort } from "./free-port.ts";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const section = /## A till on your desk\n(.*?)\n## /s.exec(readme)?.[1] ?? "";

/** What a reader types, in the order of the text. */
const commands = [...section.matchAll(/^ {4}(\S.*)$/gm)].map(([, command = ""]) => command);
const folder = mkdtempSync(join(tmpdir(), "kassad-stranger-"));

/** A program in a terminal. */
class Terminal {
	readonly process: ChildProcess;
	readonly ended: Promise<number>;
	#said = "";
	readonly #watchers = new Set<() => void>();

	constructor(command: string) {
		// A group of its own, so that what npm starts ends with it.
		const stdio = ["pipe", "pipe", "pipe"] as const;
		this.process = spawn("sh", ["-c", command], { cwd: root, detached: true, stdio: [...stdio] });
		this.ended = once(this.process, "close").then(([code]) => code);
		for (const stream of [this.process.stdout, this.process.stderr]) {
			stream?.setEncoding("utf8").on("data", (piece: string) => {
				this.#said += piece;
				for (const look of this.#watchers) look();
			});
		}
	}

	get said(): string {
		return this.#said;
	}

	type(line: string): void {
		this.process.stdin?.write(`${line}\n`);
	}

	/** Resolves when these words have been said, or rejects when the program has ended without them. */
	says(words: string | RegExp): Promise<void> {
		const said = new Promise<void>((resolve) => {
			const look = () => {
				if (new RegExp(words).test(this.#said)) resolve();
			};
			this.#watchers.add(look);
			look();
		});
		const silent = this.ended.then(() => {
			if (!new RegExp(words).test(this.#said)) throw new Error(`it ended without ${words}:\n${this.#said}`);
		});
		return Promise.race([said, silent]);
	}

	/** Calls `deed` with what a pattern captures, each time that it is said. */
	whenever(pattern: RegExp, deed: (captured: string) => void): void {
		let from = 0;
		this.#watchers.add(() => {
			for (const match of this.#said.slice(from).matchAll(pattern)) deed(match[1] ?? "");
			from = this.#said.lastIndexOf("\n") + 1;
		});
	}

	async end(): Promise<void> {
		if (this.process.exitCode === null && this.process.pid !== undefined)
			process.kill(-this.process.pid, "SIGTERM");
		await this.ended;
	}
}

const terminals: Terminal[] = [];
afterAll(async () => {
	await Promise.all(terminals.reverse().map((terminal) => terminal.end()));
	rmSync(folder, { recursive: true, force: true });
});

/** The command as it stands in the text; only its folder and ports are others, for tests that run at the same time. */
const typed = (() => {
	const ports = new Map<string, Promise<number>>();
	return async (command: string) => {
		let own = command.replaceAll("/tmp/till", folder);
		for (const port of ["9100", "8443"]) {
			if (!ports.has(port)) ports.set(port, freePort());
			own = own.replaceAll(port, String(await ports.get(port)));
		}
		return own;
	};
})();

/** The next command of the text, which has this in it. */
async function next(
	part: string,
	change: (command: string) => string = (command) => command,
): Promise<Terminal> {
	const command = commands.shift() ?? "nothing more";
	expect(command).toContain(part);
	const terminal = new Terminal(change(await typed(command)));
	terminals.push(terminal);
	return terminal;
}

const kinds: Readonly<Record<string, string>> = {
	QR: "qr",
	DataMatrix: "datamatrix",
	PDF417: "pdf417",
	"Code 128": "code128",
};

test("a stranger who does what the README writes has paid, printed, counted and understood a receipt", async () => {
	// Whoever runs this test has done that.
	expect(commands.shift()).toBe("npm ci");
	expect(await (await next("settings.ts")).ended).toBe(0);
	await (await next("printer.ts")).says("9100|:\\d+");
	await (await next("npm run simulator")).says("A Pay API that moves no money");
	const scanner = await next("scanner.ts");
	await scanner.says("Plugged in");
	await (await next("npm start")).says('"msg":"ready"');

	const selfTest = await next("selftest");
	selfTest.whenever(/Read the (.+?) of the newest sheet with scanner/g, (kind) =>
		scanner.type(`see ${kinds[kind]}`),
	);
	selfTest.whenever(/(are the Russian letters right)/g, () => selfTest.type("y"));
	// The picture may come a moment after the printer's word.
	scanner.whenever(/no (\w+) to be seen/g, (kind) => scanner.type(`see ${kind}`));
	expect([await selfTest.ended, selfTest.said]).toEqual([0, expect.stringContaining("All is well")]);

	const script = readFileSync(join(root, "hardware-mocks/pos-client/first-payment.js"), "utf8");
	expect(section).toContain(`\`\`\`js\n${script}\`\`\``);
	const payment = await next("first-payment.js");
	await payment.says("Show the card");
	scanner.type("card");
	expect([await payment.ended, payment.said]).toEqual([
		0,
		expect.stringMatching(/operation: settled\nprint: printed\nPaid/),
	]);
	const [, order = ""] = /order (\S+)/.exec(payment.said) ?? [];

	const report = await next("report");
	expect(await report.ended).toBe(0);
	expect(report.said).toContain(order);
	expect(report.said).toMatch(/150[.,]00/);
	const story = await next("story", (command) => command.replace(/first-\d+/, order));
	expect(await story.ended).toBe(0);
	expect(story.said).toMatch(new RegExp(`Payment, order ${order}: 150\\.00\\sroubles: settled`));
	expect(commands).toEqual([]);
}, 240_000);
