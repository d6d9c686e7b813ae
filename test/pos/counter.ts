import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Subject } from "rxjs";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { openLog } from "../../src/log.ts";
import type { PosEvent } from "../../src/model/event.ts";
import { nothingToSync, type OnDisk } from "../../src/model/on-disk.ts";
import { Secret } from "../../src/model/secret.ts";
import type { SocketSettings } from "../../src/model/settings/socket.ts";
import { Turns } from "../../src/model/turns.ts";
import type { Explain } from "../../src/pos/errors.ts";
import type { Methods } from "../../src/pos/methods.ts";
import { servePos } from "../../src/pos/server.ts";
import type { EventFeed } from "../../src/pos/subscription.ts";
import { obliging } from "./obliging.ts";

/** A folder that is deleted after the test. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "kassad-pos-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Events in memory. */
export function memoryFeed(): EventFeed & {
	append(body: PosEvent["body"]): void;
	fail(error: unknown): void;
} {
	const events: PosEvent[] = [];
	const live$ = new Subject<PosEvent>();
	let failure: unknown;
	return {
		since: (seq, most) => {
			if (failure !== undefined) throw failure;
			return events.slice(seq, seq + most);
		},
		live$,
		lastSeq: () => events.length,
		append: (body) => {
			const event: PosEvent = { seq: events.length + 1, type: "scan", at: "2026-11-24T12:00:00+03:00", body };
			events.push(event);
			live$.next(event);
		},
		fail: (error) => {
			failure = error;
		},
	};
}

export const explain: Explain = (fault) => ({
	title: `title of ${fault}`,
	text: `what to do about ${fault}`,
});

/** Named till-3. */
export const token = "0123456789abcdef0123456789abcdef";

/** kassad's socket over a till of the test's own making, closed after the test. */
export async function openCounter(
	methods: Partial<Methods> = {},
	changes: Partial<SocketSettings> = {},
	feed: EventFeed = memoryFeed(),
	users?: ReadonlyMap<number, string>,
	onDisk: OnDisk = nothingToSync,
) {
	const settings: SocketSettings = {
		path: join(temporaryFolder(), "pos.sock"),
		mode: "0600",
		...{ allowedUsers: null, tcp: null, webSocket: null, tokens: [] },
		...{ authMs: 5_000, mostStrangers: 4, heartbeatMs: { least: 1_000, most: 60_000 } },
		mostClients: 4,
		mostMessageBytes: 65_536,
		mostPending: 8,
		mostUnreadBytes: 1_048_576,
		scanLifetimeMs: 60_000,
		mostRecentEvents: 64,
		...changes,
	};
	const logged: string[] = [];
	// The till's own log, so that what it hides is hidden here, too.
	const log = openLog("trace", { write: (line: string) => void logged.push(line) });
	const who = users && { users };
	const tools = {
		explain,
		log,
		clock: systemClock,
		onDisk,
		turn: new Turns().pressed,
		...who,
		tokens: [{ name: "till-3", token: new Secret(token) }],
	};
	const server = await servePos(settings, { ...obliging, ...methods }, feed, tools);
	onTestFinished(() => server.close());
	return { path: settings.path, settings, server, logged };
}

export type Message = {
	readonly id?: unknown;
	readonly method?: string;
	readonly params?: PosEvent;
	readonly result?: { readonly [field: string]: unknown; readonly operationId?: string };
	readonly error?: {
		readonly code: number;
		readonly message: string;
		readonly data: { readonly [field: string]: unknown; readonly detail?: string };
	};
};

/** A client that says exactly what it is told to, byte by byte. */
export type RawClient = {
	readonly socket: Socket;
	say(line: string | Uint8Array): void;
	ask(id: unknown, method: string, params?: unknown): void;
	/** The next message that has not been asked for; rejects when the connection ends before it. */
	next(): Promise<Message>;
	readonly closed: Promise<void>;
};

/** @param where a Unix socket's path, or a port of this machine. */
export async function rawClient(where: string | number): Promise<RawClient> {
	const socket = typeof where === "string" ? connect(where) : connect(where, "127.0.0.1");
	await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
	onTestFinished(() => void socket.destroy());
	const ended = new AbortController();
	const closed = new Promise<void>((resolve) =>
		socket.once("close", () => {
			ended.abort(new Error("the connection has ended"));
			resolve();
		}),
	);
	socket.on("error", () => undefined);
	const messages = incoming(socket, ended.signal);
	const say = (line: string | Uint8Array) => void socket.write(line);
	return {
		socket,
		say,
		ask: (id, method, params) => say(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`),
		next: messages,
		closed,
	};
}

function incoming(socket: Socket, ended: AbortSignal): () => Promise<Message> {
	const ready: Message[] = [];
	const askers: ((message: Message) => void)[] = [];
	let rest = "";
	socket.setEncoding("utf8").on("data", (piece: string) => {
		const lines = (rest + piece).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) {
			const message = JSON.parse(line) as Message;
			const asker = askers.shift();
			if (asker === undefined) ready.push(message);
			else asker(message);
		}
	});
	return () =>
		new Promise((resolve, reject) => {
			const message = ready.shift();
			if (message !== undefined) resolve(message);
			else if (ended.aborted) reject(ended.reason);
			else {
				askers.push(resolve);
				ended.addEventListener("abort", () => reject(ended.reason), { once: true });
			}
		});
}

/** A wish that fits. */
export const wish = {
	key: "k-1",
	scanId: "s-1",
	orderId: "order-1",
	totalAmount: 12_345,
	items: [
		{
			name: "Молоко",
			article: "4600000000001",
			price: 12_345,
			quantity: 1,
			totalAmount: 12_345,
			tax: "vat10",
		},
	],
};

/** A fiscal receipt that fits. */
export const invoice = {
	orderId: wish.orderId,
	receiptId: "r-1",
	merchantName: "ООО «Пример»",
	merchantAddress: "Москва, Примерная ул., 1",
	inn: "007701234567",
	dateTime: "2026-11-24T12:00:00+03:00",
	shift: "42",
	cashier: "Иванова А. Б.",
	receiptType: "debit",
	totalAmount: wish.totalAmount,
	items: wish.items,
};
