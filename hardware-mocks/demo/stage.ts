import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { connectPos, type PosClient } from "../../src/client/pos-client.ts";
import { type MockPayApi, startPayApi } from "../pay-api.ts";
import { type MockPrinter, startPrinter } from "../printer.ts";
import { type MockScanner, plugScanner } from "../scanner.ts";
import { type Daemon, startDaemon } from "./daemon.ts";
import type { Scenario } from "./scenarios.ts";
import { merged, type Patch, pointedAt } from "./settings.ts";

export type { Patch };

/** What stands around a till: the mocks, the till's secrets, and a folder for all its files. */
type Surroundings = {
	readonly scanner: MockScanner;
	readonly printer: MockPrinter;
	readonly payApi: MockPayApi;
	readonly brandKey: string;
	/** Login and password of the Pay API as Basic auth joins them. */
	readonly credentials: string;
	readonly folder: string;
};

/** Everything around one till, and the real daemon as a process of its own in the middle. */
export type Stage = Surroundings & {
	daemon: Daemon;
	pos: PosClient;
	/** Starts the daemon again on the same journal, and connects to it. */
	restart(): Promise<void>;
	/** Ends everything and deletes the till's folder. */
	strike(): Promise<void>;
};

type Tell = (step: string) => void;

const login = "demo-till";

/**
 * Starts the three mocks, then kassad with the shipped `config/kassad.yaml` pointed at them.
 * @param tell is called with each step as it begins.
 */
export async function setStage(scenario: Scenario, tell: Tell, patch: Patch = {}): Promise<Stage> {
	const around = await surround(scenario, tell);
	writeConfig(around, scenario, patch);
	tell("Start kassad as a process of its own");
	const stage: Stage = {
		...around,
		...(await begin(around)),
		restart: async () => {
			await stage.pos.close();
			Object.assign(stage, await begin(around));
		},
		strike: async () => {
			await stage.pos.close();
			await stage.daemon.stop();
			await Promise.all([stage.scanner.close(), stage.printer.close(), stage.payApi.close()]);
			rmSync(stage.folder, { recursive: true, force: true });
		},
	};
	return stage;
}

async function surround({ paper, server: script, ...own }: Scenario, tell: Tell): Promise<Surroundings> {
	const folder = mkdtempSync(join(tmpdir(), "kassad-demo-"));
	const password = randomBytes(12).toString("hex");
	tell("Plug in a scanner (a pseudo-terminal)");
	const scanner = plugScanner(join(folder, "scanner"));
	tell("Switch on a receipt printer (TCP, ESC/POS)");
	const printer = await startPrinter({ dots: 576, paper });
	tell("Start a Pay API (HTTPS, its own certificate)");
	const payApi = await startPayApi({ login, password, script, ...waysOf(own) });
	const brandKey = randomBytes(32).toString("hex");
	return { scanner, printer, payApi, brandKey, credentials: `${login}:${password}`, folder };
}

/** The ways to pay on the server's side, where the scenario names them. */
function waysOf({ providers, paymentTypes }: Pick<Scenario, "providers" | "paymentTypes">) {
	return { ...(providers && { providers }), ...(paymentTypes && { paymentTypes }) };
}

async function begin({
	folder,
	brandKey,
	credentials,
}: Surroundings): Promise<Pick<Stage, "daemon" | "pos">> {
	const daemon = await startDaemon(join(folder, "kassad.yaml"), {
		KASSAD_PAY_PASSWORD: credentials.slice(login.length + 1),
		KASSAD_BRAND_KEY: brandKey,
	});
	return { daemon, pos: await connectPos(join(folder, "kassad.sock")) };
}

function writeConfig(
	{ folder, scanner, printer, payApi }: Surroundings,
	{ giveUpMs }: Scenario,
	patch: Patch,
): void {
	const caFile = join(folder, "ca.pem");
	writeFileSync(caFile, payApi.caPem);
	const pointed = pointedAt({
		scanner: scanner.link,
		printer,
		payApi: { url: payApi.url, login, caFile },
		secrets: { password: { env: "KASSAD_PAY_PASSWORD" }, brandKey: { env: "KASSAD_BRAND_KEY" } },
		journal: join(folder, "journal"),
		socket: join(folder, "kassad.sock"),
	});
	const own = merged({ payApi: { poll: { giveUpMs } } }, patch);
	writeFileSync(join(folder, "kassad.yaml"), stringify(merged(pointed, own)));
}
