import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { SocketSettings } from "../../src/model/settings/socket.ts";
import type { Methods } from "../../src/pos/methods.ts";
import type { EventFeed } from "../../src/pos/subscription.ts";
import { freePort } from "../stories/free-port.ts";
import { type Message, openCounter, token } from "./counter.ts";

export const origin = "http://localhost:8080";

/** kassad's socket, over WebSocket too. */
export async function openForPages(
	methods: Partial<Methods> = {},
	changes: Partial<SocketSettings> = {},
	feed?: EventFeed,
) {
	const port = await freePort();
	const webSocket = { host: "127.0.0.1" as const, port, path: "/kassad", origins: [origin] };
	return { ...(await openCounter(methods, { webSocket, ...changes }, feed)), port };
}

/** A page in a browser, as far as the wire shows. */
export async function openPage(port: number) {
	const socket = new WebSocket(`ws://127.0.0.1:${port}/kassad`, { origin });
	onTestFinished(() => socket.terminate());
	const messages: Message[] = [];
	const askers: (() => void)[] = [];
	const wake = () => {
		for (const asker of askers.splice(0)) asker();
	};
	let isOver = false;
	socket.on("message", (data: Buffer) => {
		messages.push(JSON.parse(data.toString()));
		wake();
	});
	const closed = new Promise<number>((resolve) =>
		socket.on("close", (code) => {
			isOver = true;
			wake();
			resolve(code);
		}),
	);
	await once(socket, "open");
	const next = async (): Promise<Message> => {
		for (;;) {
			const message = messages.shift();
			if (message !== undefined) return message;
			if (isOver) throw new Error("the connection has ended");
			await new Promise<void>((resolve) => askers.push(resolve));
		}
	};
	const ask = (id: unknown, method: string, params?: object) =>
		socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
	return { socket, ask, next, closed };
}

/** One that has said its token. */
export async function openGuest(port: number, wish: object = {}) {
	const page = await openPage(port);
	page.ask("hello", "hello", { client: "a page", token, ...wish });
	await page.next();
	return page;
}
