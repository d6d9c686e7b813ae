import { randomUUID } from "node:crypto";
import { chownSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { startDaemon } from "../../../hardware-mocks/demo/daemon.ts";
import { connectPos } from "../../../src/client/pos-client.ts";
import type { PosEvent } from "../../../src/model/event.ts";
import { until, within } from "./fact.ts";
import { settings as printers } from "./printers.ts";
import { settings as scanners } from "./scanners.ts";

/** What became of a print. */
export type Printed = {
	readonly printId: number;
	readonly state: string;
	readonly evidence?: string;
	readonly reason?: string;
	readonly detail?: string;
};

type Heard = { readonly scanner: string; readonly symbology: string; readonly text: string };

/** The whole daemon as a process of its own, and a POS program that listens to it. */
export type Till = {
	/** The next scan, whichever scanner it comes from. */
	scan(): Promise<Heard>;
	/** Waits for news of a scanner: it is there, it is not and why, it is in another socket. Resolves with the reason. */
	device(name: string, state: "back" | "away" | "moved", why?: RegExp): Promise<string>;
	/** Has a self-test printed; resolves with what is known of it in the end. */
	print(printer: string): Promise<Printed>;
	/** Lets go of news that nobody has waited for, so that the next to be waited for are new. */
	forget(): void;
	/** What the daemon has open, but for the kernel's lists of devices, which it reads again and again. */
	descriptors(): readonly string[];
	/** All that the daemon has logged. */
	log(): string;
	/** Tells the daemon to stop, and waits until it has. Resolves with how long that took. */
	end(): Promise<string>;
};

const shipped = join(import.meta.dirname, "../../../config/kassad.yaml");
/** Number of the ordinary user, and of its group. */
export const kassad = 1_000;
const mostStopMs = 60_000;

/** Starts kassad as the user `kassad`, with the shipped settings and one scanner of every kind. */
export async function openTill(): Promise<Till> {
	const folder = mkdtempSync("/tmp/till-");
	const file = writeSettings(folder);
	for (const path of [folder, file]) chownSync(path, kassad, kassad);
	const daemon = await startDaemon(file, {
		KASSAD_PAY_PASSWORD: "nobody-is-asked",
		KASSAD_BRAND_KEY: "00112233445566778899aabbccddeeff",
		NODE_OPTIONS: `--import ${join(import.meta.dirname, "as-kassad.ts")}`,
	});
	const pos = await connectPos(join(folder, "kassad.sock"));
	const news: PosEvent[] = [];
	pos.events$.subscribe((event) => news.push(event));
	await pos.call("events.subscribe", { since: 0 });
	const next = (what: string, fits: (event: PosEvent) => boolean) =>
		until(what, () => {
			const index = news.findIndex(fits);
			return index >= 0 && news.splice(index, 1)[0];
		});
	return {
		scan: async () => {
			const { body } = await next("a scan", ({ type }) => type === "scan");
			const { scanner, symbology, text } = await pos.ask("scan.take", { scanId: body.scanId });
			return { scanner: String(scanner), symbology: String(symbology), text: String(text) };
		},
		device: async (name, state, why = /(?:)/) => {
			const fits = ({ type, body: { scanner, state: now, detail } }: PosEvent) =>
				type === "device" && scanner === name && now === state && why.test(String(detail ?? ""));
			const { body } = await next(`scanner ${name} ${state}`, fits);
			return String(body.detail ?? "");
		},
		print: async (printer) => {
			const asked = await pos.call("print.document", {
				key: randomUUID(),
				document: "self-test",
				printer,
			});
			return until("the verdict", async () => {
				const print = await pos.call("print.get", { printId: asked.printId });
				return print.state !== "queued" && print.state !== "printing" && print;
			});
		},
		forget: () => {
			news.length = 0;
		},
		descriptors: () => descriptorsOf(daemon.process.pid ?? 0),
		log: () => daemon.log.join("\n"),
		end: async () => {
			await pos.close();
			const begun = performance.now();
			await within(mostStopMs, daemon.stop(), "the end");
			return `after ${Math.round(performance.now() - begun)} ms`;
		},
	};
}

/** Does something with kassad's rights in this process, which is root otherwise. */
export async function asKassad<T>(deed: () => Promise<T>): Promise<T> {
	process.setegid?.(kassad);
	process.seteuid?.(kassad);
	try {
		return await deed();
	} finally {
		process.seteuid?.(0);
		process.setegid?.(0);
	}
}

function descriptorsOf(pid: number): readonly string[] {
	const folder = `/proc/${pid}/fd`;
	const targets = readdirSync(folder).flatMap((name) => {
		try {
			return [readlinkSync(join(folder, name))];
		} catch {
			// Closed since.
			return [];
		}
	});
	return targets.filter((target) => !/^\/(sys|proc|dev\/serial)\b/.test(target)).sort();
}

function writeSettings(folder: string): string {
	const settings = parse(readFileSync(shipped, "utf8"));
	const [scanner] = settings.scanners;
	const [printer] = settings.printers;
	const file = join(folder, "kassad.yaml");
	Object.assign(settings, {
		journal: { ...settings.journal, folder: join(folder, "journal") },
		scanners: scanners.map((own) => ({ ...scanner, ...own })),
		printers: printers.map((own) => ({ ...printer, ...own })),
		socket: { ...settings.socket, path: join(folder, "kassad.sock") },
	});
	// Nobody pays here.
	settings.payApi.baseUrl.test = "https://127.0.0.1:9/";
	writeFileSync(file, stringify(settings));
	return file;
}
