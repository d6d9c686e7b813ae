import { existsSync, readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { vi } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { freePort } from "./free-port.ts";
import { brisk, openShop } from "./shop.ts";
import { type Peer, type Road, tcpRoad, unixRoad, webSocketRoad } from "./socket-roads.ts";

/** The daemon's heap is small: what is garbage has to be swept in time. MiB. */
export const heapMebibytes = 192;

/** The shop with every road open. */
export async function openRoads(): Promise<{ readonly stage: Stage; readonly roads: readonly Road[] }> {
	const [tcpPort, webPort] = [await freePort(), await freePort()];
	const [host, origin, token] = ["127.0.0.1", "http://localhost:8080", "0123456789abcdef0123456789abcdef"];
	vi.stubEnv("KASSAD_FUZZ_TOKEN", token).stubEnv("NODE_OPTIONS", `--max-old-space-size=${heapMebibytes}`);
	const socket = {
		tcp: { host, port: tcpPort },
		webSocket: { host, port: webPort, path: "/kassad", origins: [origin] },
		tokens: [{ name: "fuzz", token: { env: "KASSAD_FUZZ_TOKEN" } }],
		authMs: 500,
	};
	const stage = await openShop({}, { ...brisk, socket });
	const hello = request(0, "hello", { client: "fuzz", token });
	const roads = [
		unixRoad(join(stage.folder, "kassad.sock")),
		tcpRoad(tcpPort, hello),
		webSocketRoad(webPort, "/kassad", origin, hello),
	];
	return { stage, roads };
}

/** What the process holds, bytes; nothing where the system does not say. */
export function memoryOf({ daemon }: Stage): number {
	const status = `/proc/${daemon.process.pid}/status`;
	const [, kibibytes = "0"] =
		(existsSync(status) && /VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"))) || [];
	return Number(kibibytes) * 1_024;
}

/** How many operations have been begun. */
export function operationsOf({ folder }: Stage): number {
	const journal = readJournal(join(folder, "journal"));
	const { count } = journal.prepare("SELECT count(*) AS count FROM operations").get() ?? {};
	journal.close();
	return Number(count);
}

export const request = (id: unknown, method: string, params: unknown) =>
	JSON.stringify({ jsonrpc: "2.0", id, method, params });

/** A peer that kassad serves: as long as it has not seen that others are gone it may say that it has too many. */
export async function admitted(road: Road): Promise<Peer> {
	for (;;) {
		const peer = await road.enter();
		await peer.say(request(0, "hello", { client: "fuzz" }));
		if ((await peer.heard())?.result !== undefined) return peer;
		await peer.vanish();
	}
}

/** Says all of it, on a new connection after so many each: kassad hangs up on who talks nonsense for long. */
export async function sayAll(road: Road, texts: readonly string[], each: number): Promise<void> {
	for (let from = 0; from < texts.length; from += each) {
		const peer = await admitted(road);
		for (const text of texts.slice(from, from + each)) await peer.say(text);
		await peer.listenOut();
	}
}

/** A connection that is cut: over TCP without a farewell, which leaves no port behind that nobody may use for a while. */
export async function gone(road: Road, socket: Socket): Promise<void> {
	const closed = closing(socket);
	if (road.name === "Unix socket") socket.destroy();
	else socket.resetAndDestroy();
	await closed;
}

/** Resolves when it has ended, whoever ended it. */
export async function closing(socket: Socket): Promise<void> {
	if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
}
