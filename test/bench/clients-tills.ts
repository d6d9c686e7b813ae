import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { MockScanner } from "../../hardware-mocks/scanner.ts";
import type { Arrival } from "./clients-arrivals.ts";
import { card, paymentTypes, purchaseOf } from "./kassad-roads.ts";

/** What one till has seen of its customers. */
export type Seen = {
	/** By orderId: monotonic ns at which the key was to be pressed, whether or not the till was ready by then. */
	readonly intended: Map<string, bigint>;
	/** Operations that were begun, by orderId; and the orders of those that settled, once for each event. */
	readonly operations: Map<string, string>;
	readonly settled: string[];
};

/** One customer after the other, each at its moment or as soon as the one before has gone. */
export type Till = {
	readonly serve: (arrivals: readonly Arrival[], startAt: bigint, round: string) => Promise<Seen>;
	close(): void;
};

const now = () => process.hrtime.bigint();
const nsPerMs = 1_000_000;

/** Resolves when the moment is there, at once when it has passed. */
function until(at: bigint): Promise<void> {
	const ms = Number(at - now()) / nsPerMs;
	return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}

/** A till of kassad: a scanner, and a POS program that takes the scans of this till and hears its events. */
export async function kassadTill(
	terminal: string,
	scanner: MockScanner,
	socketPath: string,
	brandKey: string,
): Promise<Till> {
	const { say, line, close } = await program(socketPath);
	const ask = async (method: string, params: object) => {
		const answered = line(`"id":"${method}"`);
		say({ jsonrpc: "2.0", id: method, method, params });
		const answer = await answered;
		if (answer.includes('"error"')) throw new Error(`${terminal}: ${method} was refused: ${answer}`);
		return JSON.parse(answer).result;
	};
	await ask("scans.accept", { terminal });
	await ask("events.subscribe", { terminal });
	const one = async (orderId: string, { showAt, pressAt }: Arrival, startAt: bigint, seen: Seen) => {
		await until(after(startAt, showAt));
		const offered = line('"method":"scan.offer"');
		await scanner.showCard({ ...card, session: sessionOf(orderId), key: brandKey });
		const { scanId } = JSON.parse(await offered).params;
		await until(after(startAt, pressAt));
		const ended = line(`"terminalId":"${terminal}","orderId":"${orderId}"`);
		const wish = { ...purchaseOf("pay", 0), orderId, paymentTypes };
		const { operationId } = await ask("pay.start", { key: orderId, scanId, ...wish });
		seen.operations.set(orderId, operationId);
		const event = await ended;
		if (!event.includes('"state":"settled"')) throw new Error(`${orderId} is not settled: ${event}`);
		seen.settled.push(orderId);
	};
	return { serve: serving(terminal, one), close };
}

/** A till of the bare program: no scanner, and the answer comes when the server has given it. */
export async function bareTill(terminal: string, socketPath: string): Promise<Till> {
	const { say, line, close } = await program(socketPath);
	const one = async (orderId: string, { pressAt }: Arrival, startAt: bigint, seen: Seen) => {
		await until(after(startAt, pressAt));
		const answered = line('"status"');
		const purchase = { ...purchaseOf("pay", 0), orderId };
		const shown = { cardNumber: card.number, cardSession: sessionOf(orderId) };
		say({ method: "pay", key: orderId, ...shown, purchase, paymentTypes });
		seen.operations.set(orderId, await answered);
		seen.settled.push(orderId);
	};
	return { serve: serving(terminal, one), close };
}

type One = (orderId: string, arrival: Arrival, startAt: bigint, seen: Seen) => Promise<void>;

function serving(terminal: string, one: One): Till["serve"] {
	return async (arrivals, startAt, round) => {
		const seen: Seen = { intended: new Map(), operations: new Map(), settled: [] };
		for (const [index, arrival] of arrivals.entries()) {
			const orderId = `${round}-${terminal}-${index}`;
			seen.intended.set(orderId, after(startAt, arrival.pressAt));
			await within(one(orderId, arrival, startAt, seen), orderId);
		}
		return seen;
	};
}

const after = (startAt: bigint, ms: number) => startAt + BigInt(Math.round(ms * nsPerMs));

/** Each code is shown once; the letters keep till 1, customer 11, from till 11, customer 1. */
const sessionOf = (orderId: string) => orderId.replaceAll("-", "x");

/** A payment that never ends must not hang the bench without a word. */
function within<T>(work: Promise<T>, what: string): Promise<T> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(new Error(`${what}: no end within 30 s`)), 30_000);
	return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

/** As bare as can be: a socket and its lines. */
async function program(path: string) {
	const socket = connect(path);
	await once(socket, "connect");
	const awaited = new Map<string, (line: string) => void>();
	createInterface({ input: socket }).on("line", (line) => {
		for (const [mark, resolve] of awaited) if (line.includes(mark) && awaited.delete(mark)) resolve(line);
	});
	return {
		say: (message: object) => socket.write(`${JSON.stringify(message)}\n`),
		/** The next line that holds this mark. */
		line: (mark: string) => new Promise<string>((resolve) => awaited.set(mark, resolve)),
		close: () => socket.destroy(),
	};
}
