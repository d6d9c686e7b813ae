import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { type MockPayApi, startPayApi } from "../pay-api.ts";
import { connectPos, type PosClient } from "../pos-client.ts";
import { type MockPrinter, startPrinter } from "../printer.ts";
import { type MockScanner, plugScanner } from "../scanner.ts";
import { type Daemon, startDaemon } from "./daemon.ts";
import type { Scenario } from "./scenarios.ts";

/** Everything around one till, and the real daemon as a process of its own in the middle. */
export type Stage = {
	readonly scanner: MockScanner;
	readonly printer: MockPrinter;
	readonly payApi: MockPayApi;
	readonly brandKey: string;
	/** Login and password of the Pay API as Basic auth joins them. */
	readonly credentials: string;
	readonly folder: string;
	daemon: Daemon;
	pos: PosClient;
	/** Starts the daemon again on the same journal, and connects to it. */
	restart(): Promise<void>;
	/** Ends everything and deletes the till's folder. */
	strike(): Promise<void>;
};

/** Changes to the shipped configuration, merged key by key. */
export type Patch = { readonly [key: string]: unknown };

const login = "demo-till";

/**
 * Starts the three mocks, then kassad with the shipped `config/kassad.yaml` pointed at them.
 * @param tell is called with each step as it begins.
 */
export async function setStage(
	scenario: Scenario,
	tell: (step: string) => void,
	patch: Patch = {},
): Promise<Stage> {
	const folder = mkdtempSync(join(tmpdir(), "kassad-demo-"));
	const secrets = { password: randomBytes(12).toString("hex"), brandKey: randomBytes(32).toString("hex") };
	tell("Plug in a scanner (a pseudo-terminal)");
	const scanner = plugScanner(join(folder, "scanner"));
	tell("Switch on a receipt printer (TCP, ESC/POS)");
	const printer = await startPrinter({ columns: 48, dots: 576 });
	if (scenario.paper === "out") printer.paperOut();
	tell("Start a Pay API (HTTPS, its own certificate)");
	const payApi = await startPayApi({ login, password: secrets.password, script: scenario.server });
	const around = { folder, scanner, printer, payApi, scenario };
	const configFile = writeConfig(around, patch);
	const env = { KASSAD_PAY_PASSWORD: secrets.password, KASSAD_BRAND_KEY: secrets.brandKey };
	tell("Start kassad as a process of its own");
	const socket = join(folder, "kassad.sock");
	const begin = async () => {
		const daemon = await startDaemon(configFile, env);
		return { daemon, pos: await connectPos(socket) };
	};
	const stage: Stage = {
		scanner,
		printer,
		payApi,
		brandKey: secrets.brandKey,
		credentials: `${login}:${secrets.password}`,
		folder,
		...(await begin()),
		restart: async () => {
			await stage.pos.close();
			Object.assign(stage, await begin());
		},
		strike: async () => {
			await stage.pos.close();
			await stage.daemon.stop();
			await scanner.close();
			await Promise.all([printer.close(), payApi.close()]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
	return stage;
}

type Around = {
	readonly folder: string;
	readonly printer: MockPrinter;
	readonly payApi: MockPayApi;
	readonly scenario: Scenario;
};

function writeConfig({ folder, printer, payApi, scenario }: Around, patch: Patch): string {
	const shipped = parse(readFileSync(join(import.meta.dirname, "../../config/kassad.yaml"), "utf8"));
	const caFile = join(folder, "ca.pem");
	writeFileSync(caFile, payApi.caPem);
	const config = merged(
		merged(shipped, {
			journal: { folder: join(folder, "journal") },
			payApi: {
				environment: "test",
				baseUrl: { test: payApi.url },
				login,
				password: { env: "KASSAD_PAY_PASSWORD" },
				caFile,
				poll: { giveUpMs: scenario.giveUpMs },
			},
			scanners: [{ ...shipped.scanners[0], path: join(folder, "scanner") }],
			printers: [{ ...shipped.printers[0], host: "127.0.0.1", port: printer.port }],
			socket: { path: join(folder, "kassad.sock") },
		}),
		patch,
	);
	const file = join(folder, "kassad.yaml");
	writeFileSync(file, stringify(config));
	return file;
}

function merged(base: Patch, patch: Patch): Patch {
	const isMap = (value: unknown): value is Patch =>
		typeof value === "object" && value !== null && !Array.isArray(value);
	return Object.fromEntries(
		[...new Set([...Object.keys(base), ...Object.keys(patch)])].map((key) => {
			if (!(key in patch)) return [key, base[key]];
			const [old, next] = [base[key], patch[key]];
			return [key, isMap(old) && isMap(next) ? merged(old, next) : next];
		}),
	);
}
