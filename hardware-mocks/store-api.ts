import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { makeCertificate } from "./pay-api/certificate.ts";
import { type KeptStore, StoreList } from "./store-api/list.ts";
import { runStoreApiProgram } from "./store-api/program.ts";

export type StoreApiOptions = {
	readonly login: string;
	readonly password: string;
	/** TCP port on localhost; a free one when left out. */
	readonly port?: number;
	/** A name that its certificate is for instead of localhost. */
	readonly certificateFor?: string;
	/** Is called with each request and what it got: a status, or in words why none. */
	readonly tell?: (request: StoreRequest, got: string) => void;
};

/** A request that came with the right login. */
export type StoreRequest = { readonly method: string; readonly path: string; readonly body: unknown };

/** What befalls a request. */
export type StoreTrouble =
	/** It is not carried out, and answered so. */
	| { readonly answer: number; readonly headers?: Record<string, string>; readonly body?: string }
	/** It is carried out; then the connection is cut, or stays open without an answer. */
	| { readonly lost: "cut" | "silent" };

/** A Koshelek Store API 1.0.0 on localhost. */
export type MockStoreApi = {
	readonly url: string;
	/** The authority to trust, PEM. */
	readonly caPem: string;
	readonly requests: readonly StoreRequest[];
	storesOf(brandId: string): readonly KeptStore[];
	/** Makes trouble for the next request; may be called several times ahead. */
	disturb(trouble: StoreTrouble): void;
	close(): Promise<void>;
};

const path = "/api/v1/configuration/brand/store";

/** Starts a Store API: HTTPS with a certificate of its own, stores kept in memory. */
export async function startStoreApi(options: StoreApiOptions): Promise<MockStoreApi> {
	const { caPem, ...identity } = await makeCertificate(options.certificateFor);
	const list = new StoreList();
	const troubles: StoreTrouble[] = [];
	const requests: StoreRequest[] = [];
	const expected = `Basic ${Buffer.from(`${options.login}:${options.password}`).toString("base64")}`;
	const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
		const request = await read(incoming);
		const known = incoming.headers.authorization === expected;
		if (known) requests.push(request);
		const got = known ? carryOut(list, request, troubles.shift(), response) : write(response, 401);
		options.tell?.(request, got);
	};
	const server = createServer(identity, (incoming, response) => void serve(incoming, response));
	server.listen(options.port ?? 0, "localhost");
	await once(server, "listening");
	return {
		url: `https://localhost:${(server.address() as AddressInfo).port}`,
		caPem,
		requests,
		storesOf: (brandId) => list.of(brandId),
		disturb: (trouble) => void troubles.push(trouble),
		close: async () => {
			const closed = once(server, "close");
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

async function read(incoming: IncomingMessage): Promise<StoreRequest> {
	const { method = "", url = "" } = incoming;
	const body = method === "GET" ? undefined : await json(incoming).catch(() => undefined);
	return { method, path: url, body };
}

function carryOut(
	list: StoreList,
	request: StoreRequest,
	trouble: StoreTrouble | undefined,
	response: ServerResponse,
): string {
	if (trouble !== undefined && "answer" in trouble) {
		return write(response, trouble.answer, trouble.body, trouble.headers);
	}
	const { status, body } = answerTo(list, request);
	if (trouble === undefined) return write(response, status, JSON.stringify(body));
	if (trouble.lost === "cut") response.destroy();
	return `${status}, but its answer is ${trouble.lost}`;
}

/** By default the document's POST adds; that GET lists and PUT updates is the shipped settings' guess. */
function answerTo(list: StoreList, { method, path: asked, body }: StoreRequest) {
	const { pathname, searchParams } = new URL(asked, "https://localhost");
	if (pathname !== path) return { status: 404 };
	if (method === "GET") return { status: 200, body: { stores: list.of(searchParams.get("brandId") ?? "") } };
	return list.change(method === "POST" ? "add" : "update", body);
}

function write(response: ServerResponse, status: number, body = "", headers = {}): string {
	response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers }).end(body);
	return String(status);
}

if (import.meta.main) await runStoreApiProgram(startStoreApi);
