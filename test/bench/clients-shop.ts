import { type ChildProcess, fork, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parse, stringify } from "yaml";
import { type Daemon, startDaemon } from "../../hardware-mocks/demo/daemon.ts";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import type { Books, Listening } from "./clients-server.ts";

/** A shop of many tills: one kassad, a scanner for each till, and the Pay API, each in a process of its own. */
export type Shop = {
	readonly tills: readonly { readonly terminal: string; readonly scanner: MockScanner }[];
	readonly socketPath: string;
	readonly brandKey: string;
	readonly daemon: Daemon;
	/** Starts the bare program beside the shop's server; resolves with its socket when it listens. */
	bare(): Promise<{ readonly socketPath: string; readonly pid: number; stop(): Promise<void> }>;
	books(): Promise<Books>;
	/** The orders in the journal, once for each row, after the daemon has ended. */
	journal(): { readonly operations: string[]; readonly settled: string[]; readonly slips: string[] };
	close(): Promise<void>;
};

const login = "bench-till";
/** As many as the settings allow: one for two tills. */
const connections = 16;

export async function openShop(many: number): Promise<Shop> {
	const folder = mkdtempSync(join(tmpdir(), "kassad-clients-"));
	const [password, brandKey] = [randomBytes(12).toString("hex"), randomBytes(32).toString("hex")];
	const server = fork(join(import.meta.dirname, "clients-server.ts"), [login, password]);
	const [{ url, caPem }] = (await once(server, "message")) as [Listening];
	writeFileSync(join(folder, "ca.pem"), caPem);
	const tills = Array.from({ length: many }, (_, index) => ({
		terminal: `till-${index + 1}`,
		scanner: plugScanner(join(folder, `scanner-${index + 1}`)),
	}));
	const file = join(folder, "kassad.yaml");
	writeFileSync(file, stringify(settingsOf(tills, url, folder)));
	const secrets = { KASSAD_PAY_PASSWORD: password, KASSAD_BRAND_KEY: brandKey };
	const daemon = await startDaemon(file, secrets);
	return {
		tills,
		socketPath: join(folder, "kassad.sock"),
		brandKey,
		daemon,
		bare: () => startBare(folder, url, `${login}:${password}`),
		books: async () => {
			server.send("books");
			return (await once(server, "message"))[0] as Books;
		},
		journal: () => journalIn(folder),
		close: async () => {
			await daemon.stop();
			await Promise.all([endOf(server), ...tills.map(({ scanner }) => scanner.close())]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function endOf(child: ChildProcess): Promise<void> {
	const gone = once(child, "exit");
	child.kill();
	await gone;
}

/** The shipped settings with a till for each scanner. No printers: their work is measured by itself. */
function settingsOf(tills: Shop["tills"], url: string, folder: string): object {
	const shipped = parse(readFileSync(join(import.meta.dirname, "../../config/kassad.yaml"), "utf8"));
	const { store, payApi, scanners, socket } = shipped;
	const [first, ...further] = tills.map(({ terminal }, index) => ({
		terminal,
		name: `scanner-${index + 1}`,
	}));
	const terminals = further.map(({ terminal, name }) => {
		return { terminalId: terminal, scanners: [name], printer: null };
	});
	return {
		...shipped,
		journal: { ...shipped.journal, folder: join(folder, "journal") },
		store: { ...store, terminalId: first?.terminal, terminals },
		payApi: { ...payApi, baseUrl: { ...payApi.baseUrl, test: url }, login, caFile: "ca.pem", connections },
		scanners: tills.map(({ scanner }, index) => {
			return { ...scanners[0], name: `scanner-${index + 1}`, path: scanner.link };
		}),
		printers: [],
		socket: { ...socket, path: join(folder, "kassad.sock"), mostClients: 64 },
	};
}

async function startBare(folder: string, url: string, credentials: string) {
	const socketPath = join(folder, "bare.sock");
	const args = [socketPath, join(folder, "bare.db"), url, join(folder, "ca.pem"), String(connections)];
	const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
	const child = spawn(process.execPath, [join(import.meta.dirname, "bare-pay.ts"), ...args], {
		env: { ...process.env, BARE_AUTHORIZATION: authorization },
		stdio: ["ignore", "pipe", "inherit"],
	});
	await once(child.stdout, "data");
	return { socketPath, pid: child.pid ?? 0, stop: () => endOf(child) };
}

function journalIn(folder: string): ReturnType<Shop["journal"]> {
	const database = new DatabaseSync(join(folder, "journal/journal.db"), { readOnly: true });
	const orders = (sql: string) =>
		database
			.prepare(sql)
			.all()
			.map(({ orderId }) => String(orderId));
	try {
		return {
			operations: orders("SELECT order_id AS orderId FROM operations WHERE kind = 'payment'"),
			settled: orders("SELECT order_id AS orderId FROM operations WHERE outcome = 'settled'"),
			slips: orders("SELECT orderId FROM slips"),
		};
	} finally {
		database.close();
	}
}
