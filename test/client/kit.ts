import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { connectPos, type PosOptions } from "../../src/client/pos-client.ts";
import { temporaryFolder } from "../pos/counter.ts";

/** A client that is closed after the test. */
export async function connected(path: string, options: PosOptions = {}) {
	const client = await connectPos(path, options);
	onTestFinished(() => client.close());
	return client;
}

/** A server of the test's own making; the test gets the first client's socket. */
export async function listening(): Promise<{ path: string; first: Promise<Socket> }> {
	const path = join(temporaryFolder(), "own.sock");
	const { promise: first, resolve } = Promise.withResolvers<Socket>();
	const server = createServer(resolve);
	onTestFinished(() => void server.close());
	await new Promise<void>((up) => server.listen(path, up));
	return { path, first };
}

export const at = "2026-11-24T12:00:00+03:00";

/** A foreign code that was scanned, and what else an event may have. */
export const scanned = (what: string) => ({ kind: "foreign", scanner: "front", what });
