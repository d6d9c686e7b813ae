import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { systemClock as clock } from "../clock.ts";
import type { Settings } from "../model/settings/settings.ts";
import { type Check, callSupport, green, red, skipped, type Verdict } from "./doctor-check.ts";
import { openPeer, patienceMs } from "./doctor-peer.ts";

type WebSocketDoor = NonNullable<Settings["socket"]["webSocket"]>;

const request = (method: string, params: object) => JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
/** Nobody's; as long as real ones. */
const wrongToken = () => randomBytes(32).toString("hex");

/** What a stranger says first, where a token is wanted. */
const words = {
	"no-token": {
		title: "without a token nobody is let in",
		says: () => request("hello", { client: "doctor" }),
	},
	"wrong-token": {
		title: "a wrong token lets nobody in",
		says: () => request("hello", { client: "doctor", token: wrongToken() }),
	},
	"no-hello": { title: "nothing is served before the token", says: () => request("print.list", {}) },
} as const;

/** Strangers at the doors where a token is wanted. */
export const tokenChecks: readonly Check[] = Object.entries(words).flatMap(([name, { title, says }]) => [
	{
		...{ name: `tcp-${name}`, title: `TCP: ${title}`, attacks: true },
		run: async ({ socket: { tcp } }) =>
			tcp === null ? skipped("socket.tcp is null: there is no such door") : overTcp(tcp, says()),
	},
	{
		...{ name: `web-socket-${name}`, title: `WebSocket: ${title}`, attacks: true },
		run: async ({ socket: { webSocket } }) =>
			webSocket === null
				? skipped("socket.webSocket is null: there is no such door")
				: overWebSocket(webSocket, says()),
	},
]);

async function overTcp(
	door: { readonly host: string; readonly port: number },
	says: string,
): Promise<Verdict> {
	const peer = await openPeer(door);
	try {
		await peer.send(`${says}\n`);
		return verdictOn(await peer.answer(), await peer.isCutOff());
	} finally {
		peer.close();
	}
}

/** As a page of the first origin of the settings. */
async function overWebSocket({ host, port, path, origins }: WebSocketDoor, says: string): Promise<Verdict> {
	const [origin = ""] = origins;
	const name = host.includes(":") ? `[${host}]` : host;
	const socket = new WebSocket(`ws://${name}:${port}${path}`, { origin, handshakeTimeout: patienceMs });
	const heard = new Promise<{ answer?: string; isCutOff: boolean }>((resolve) => {
		let answer: string | undefined;
		const tell = (isCutOff: boolean) => resolve({ isCutOff, ...(answer !== undefined && { answer }) });
		socket.on("open", () => socket.send(says));
		socket.on("message", (message) => {
			answer ??= message.toString();
		});
		socket.on("error", () => undefined);
		socket.on("close", () => tell(true));
		void clock.sleep(patienceMs).then(() => tell(false));
	});
	const { answer, isCutOff } = await heard;
	socket.terminate();
	return verdictOn(answer, isCutOff);
}

function verdictOn(answer: string | undefined, isCutOff: boolean): Verdict {
	const fault = faultIn(answer);
	if (fault !== "not-allowed") {
		const seen = answer === undefined ? "nothing was answered" : "it was answered like anybody";
		return red(seen, callSupport);
	}
	return isCutOff ? green("not-allowed, and hung up") : red("it may go on trying", callSupport);
}

/** The fault that an answer tells; undefined when it tells none, or is no JSON. */
export function faultIn(answer: string | undefined): unknown {
	try {
		return JSON.parse(answer ?? "null")?.error?.data?.fault;
	} catch {
		return undefined;
	}
}
