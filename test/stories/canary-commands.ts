import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type CanaryTill, storePassword } from "./canary-till.ts";
import { settingsFile } from "./shop.ts";

const program = join(import.meta.dirname, "../../src/cli.ts");

/** One command that is running. */
export type Running = {
	/** Resolves when it has written so many more pieces to the standard output or the standard error. */
	writes(pieces?: number): Promise<void>;
	/** Ctrl-C. */
	interrupt(): void;
	/** The exit code, when it has ended and all that it wrote is kept. */
	readonly ended: Promise<number | null>;
};

/** Runs a command with all secrets in its environment, in a folder of its own; what it writes is kept by the till. */
export function begin(till: CanaryTill, args: readonly string[], config = settingsFile(till.stage)): Running {
	const cwd = join(till.root, "work");
	mkdirSync(cwd, { recursive: true });
	const [, password = ""] = till.stage.credentials.split(":");
	const secrets = {
		...{ KASSAD_PAY_PASSWORD: password, KASSAD_BRAND_KEY: till.stage.brandKey },
		KASSAD_STORE_PASSWORD: storePassword,
	};
	const child = spawn(process.execPath, [program, ...args, "--config", config], {
		...{ cwd, env: { ...process.env, ...secrets } },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const pieces: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => pieces.push(piece));
	return {
		writes: async (count = 1) => {
			const whole = pieces.length + count;
			while (pieces.length < whole) {
				await Promise.race([once(child.stdout, "data"), once(child.stderr, "data"), once(child, "close")]);
				if (child.exitCode !== null) return;
			}
		},
		interrupt: () => void child.kill("SIGINT"),
		ended: once(child, "close").then(([code]) => {
			till.heard(`kassad ${args.join(" ")}`, Buffer.concat(pieces).toString("latin1"));
			return code;
		}),
	};
}
