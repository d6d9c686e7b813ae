import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import { type Observable, Subject } from "rxjs";
import type { PosEvent } from "../src/model/event.ts";
import type { FaultCode, FaultRow } from "../src/model/fault.ts";
import { Mailbox } from "./pos-client/mailbox.ts";

/** What comes with a refusal. */
type Refusal = {
	readonly fault: FaultCode;
	readonly moneyMoved: FaultRow["moneyMoved"];
	readonly acts: FaultRow["acts"];
	readonly next: FaultRow["next"];
	/** To be shown to the cashier as it is. */
	readonly cashier: { readonly title: string; readonly text: string };
	/** For the technician. */
	readonly detail: string;
};

/** kassad refuses a request. */
export class PosError extends Error {
	readonly code: number;
	readonly data: Refusal;

	constructor({ code, message, data }: { code: number; message: string; data: Refusal }) {
		super(message);
		this.name = "PosError";
		this.code = code;
		this.data = data;
	}
}

/** A scan that is offered to this program: it has `leaseMs` to say `scan.acknowledge` or to use it. */
type ScanOffer = {
	readonly scanId: string;
	readonly kind: "payable" | "loyalty" | "foreign";
	/** 1, or 2 when an earlier offer came to nothing. */
	readonly offer: number;
	readonly leaseMs: number;
};

/** A POS program's end of kassad's socket. */
export type PosClient = {
	/** @throws {PosError} when kassad refuses; an ordinary error when the connection ends before the answer. */
	call<Result = Readonly<Record<string, unknown>>>(method: string, params?: object): Promise<Result>;
	/** After `events.subscribe`; completes when the connection ends. */
	readonly events$: Observable<PosEvent>;
	/** After `scans.accept`: the scans that are this program's own; completes when the connection ends. */
	readonly offers$: Observable<ScanOffer>;
	/** The first event, past or coming, that fits and that no earlier call was given. Rejects after `ms`. */
	nextEvent(fits: (event: PosEvent) => boolean, ms?: number): Promise<PosEvent>;
	/** Resolves when the connection has ended, whoever ended it. */
	readonly closed: Promise<void>;
	/** Safe to call twice, and on a connection that has already ended. */
	close(): Promise<void>;
};

/** Connects to kassad's socket. Rejects with the operating system's error when nobody answers there. */
export async function connectPos(path: string): Promise<PosClient> {
	const socket = connect(path);
	await once(socket, "connect");
	const events$ = new Subject<PosEvent>();
	const offers$ = new Subject<ScanOffer>();
	const mailbox = new Mailbox(events$);
	const calls = new OpenCalls(socket);
	readLines(socket, (line) => {
		const message = JSON.parse(line);
		if (message.method === "event") events$.next(message.params);
		else if (message.method === "scan.offer") offers$.next(message.params);
		else calls.settle(message);
	});
	const closed = new Promise<void>((resolve) => {
		socket.once("close", () => {
			calls.abandon();
			events$.complete();
			offers$.complete();
			resolve();
		});
	});
	// Whatever breaks a connection also closes it, and the open calls are told then.
	socket.on("error", (error) => calls.blame(error));
	return {
		call: (method, params = {}) => calls.call(method, params),
		events$,
		offers$,
		nextEvent: (fits, ms = 10_000) => mailbox.take(fits, ms),
		closed,
		close: () => {
			socket.destroy();
			return closed;
		},
	};
}

type Answer = {
	readonly id: number | null;
	readonly result?: unknown;
	readonly error?: { code: number; message: string; data: Refusal };
};

type OpenCall = { resolve(result: unknown): void; reject(error: Error): void };

/** Requests that wait for their answers. */
class OpenCalls {
	readonly #socket: Socket;
	readonly #open = new Map<number, OpenCall>();
	#lastId = 0;
	#blamed = new Error("kassad has closed the connection");

	constructor(socket: Socket) {
		this.#socket = socket;
	}

	call<Result>(method: string, params: object): Promise<Result> {
		if (!this.#socket.writable) return Promise.reject(this.#blamed);
		this.#lastId += 1;
		const id = this.#lastId;
		this.#socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
		return new Promise((resolve, reject) => {
			this.#open.set(id, { resolve: (result) => resolve(result as Result), reject });
		});
	}

	settle({ id, result, error }: Answer): void {
		// An error without an id is about the connection, which kassad closes after it.
		if (id === null) {
			if (error !== undefined) this.blame(new PosError(error));
			return;
		}
		const call = this.#open.get(id);
		this.#open.delete(id);
		if (error === undefined) call?.resolve(result);
		else call?.reject(new PosError(error));
	}

	/** Keeps the reason that open calls are given if the connection ends; the first one is the cause. */
	blame(error: Error): void {
		if (!(this.#blamed instanceof PosError)) this.#blamed = error;
	}

	abandon(): void {
		for (const call of this.#open.values()) call.reject(this.#blamed);
		this.#open.clear();
	}
}

/** Calls `take` with every whole line, however it is cut into pieces on the way. */
function readLines(socket: Socket, take: (line: string) => void): void {
	let rest = "";
	socket.setEncoding("utf8").on("data", (piece: string) => {
		const lines = (rest + piece).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) take(line);
	});
}

const help = `Sends one request to kassad and prints the answer.

  node hardware-mocks/pos-client.ts --socket PATH METHOD [JSON]

  --socket PATH   kassad's socket, as in the configuration (socket.path)
  --help          this text

METHOD is any that the daemon has, such as hello, pay.start or operation.get; rpc.discover names them all.
After events.subscribe every event is printed until Ctrl-C, after scans.accept every scan that is offered, and
scanner.pause lasts as long.

  node hardware-mocks/pos-client.ts --socket /run/kassad/kassad.sock hello '{"client":"me"}'
  node hardware-mocks/pos-client.ts --socket /run/kassad/kassad.sock events.subscribe '{"since":0}'
  node hardware-mocks/pos-client.ts --socket /run/kassad/kassad.sock refund.start '{"key":"return-3","orderId":"17"}'
`;

/** What these ask for ends with the connection. */
const lasting: ReadonlySet<string> = new Set(["events.subscribe", "scans.accept", "scanner.pause"]);

type Command = { readonly socket: string; readonly method: string; readonly params: object };

/** Undefined when the command line asks for help; rejects when it is wrong. */
async function readCommand(args: string[]): Promise<Command | undefined> {
	const options = { socket: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
	const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
	if (values.help) return undefined;
	const [method, params = "{}", ...more] = positionals;
	if (values.socket === undefined || method === undefined || more.length > 0) {
		throw new Error("expected --socket PATH METHOD [JSON]; --help tells more");
	}
	return { socket: values.socket, method, params: JSON.parse(params) };
}

/** Returns false when kassad refuses. */
async function ask({ socket, method, params }: Command): Promise<boolean> {
	const client = await connectPos(socket);
	const print = (value: unknown) => stdout.write(`${JSON.stringify(value, null, 2)}\n`);
	client.events$.subscribe(print);
	client.offers$.subscribe(print);
	try {
		print(await client.call(method, params));
		if (lasting.has(method)) await client.closed;
		return true;
	} catch (error) {
		if (!(error instanceof PosError)) throw error;
		const { fault, moneyMoved, cashier, detail } = error.data;
		print({ code: error.code, fault, moneyMoved, cashier, detail });
		return false;
	} finally {
		await client.close();
	}
}

/** Returns the exit code: 0, 1 when kassad refuses or is not there, 2 when the command line is wrong. */
async function main(args: string[]): Promise<number> {
	const fail = (code: number) => (error: Error) => {
		stderr.write(`${error.message}\n`);
		return code;
	};
	const command = await readCommand(args).catch(fail(2));
	if (typeof command === "number") return command;
	if (command === undefined) {
		stdout.write(help);
		return 0;
	}
	return ask(command).then((obeyed) => (obeyed ? 0 : 1), fail(1));
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
