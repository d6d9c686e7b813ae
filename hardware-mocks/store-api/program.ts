import { writeFileSync } from "node:fs";
import { Command } from "commander";
import type { MockStoreApi, StoreApiOptions, StoreRequest } from "../store-api.ts";

type Flags = { port: string; login: string; password: string; caFile: string };

/** Runs a Store API until it is interrupted. */
export async function runStoreApiProgram(
	start: (options: StoreApiOptions) => Promise<MockStoreApi>,
): Promise<void> {
	const { port, login, password, caFile } = commandLine().parse().opts<Flags>();
	const api = await start({ port: Number(port), login, password, tell: print });
	writeFileSync(caFile, api.caPem);
	console.log(`Base URL   ${api.url}\nAuthority  ${caFile}\nLogin      ${login}\nInterrupt with Ctrl-C.\n`);
	process.once("SIGINT", () => void api.close());
}

function commandLine(): Command {
	return new Command("store-api.ts")
		.description("A Koshelek Store API for trying out `kassad stores`. It forgets all stores at its end.")
		.option("--port <number>", "TCP port on localhost", "8444")
		.option("--login <name>", "Basic auth login", "partner")
		.option("--password <text>", "Basic auth password", "secret")
		.option("--ca-file <path>", "where to write the certificate of its authority", "store-api-ca.pem");
}

function print({ method, path, body }: StoreRequest, got: string): void {
	const stores = (body as { stores?: unknown[] } | undefined)?.stores;
	const many = Array.isArray(stores) ? `, ${stores.length} stores` : "";
	console.log(`${method} ${path}${many} -> ${got}`);
}
