import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { MockPayApi } from "../pay-api.ts";
import { restOf } from "./refunds.ts";
import { scriptShape } from "./script.ts";
import { troubleShape } from "./trouble.ts";

/** The control of a running Pay API, open on this machine's loopback address. */
export type Control = { readonly url: string; close(): Promise<void> };

type Reply = { readonly status: number; readonly json: object };
type Deed = (api: MockPayApi, body: Uint8Array) => Reply | Promise<Reply>;

const done: Reply = { status: 200, json: { done: true } };
const wrong = (status: number, error: string): Reply => ({ status, json: { error } });

const decision = z.strictObject({
	transactionId: z
		.string()
		.regex(
			/^[0-9a-f-]{8,36}$/,
			"expected an id of a payment or a refund, or 8 or more letters of its beginning",
		),
	errorCode: z.string().min(1).max(256).optional(),
});
const nothing = z.strictObject({});

/** By method and path. */
const deeds: Readonly<Record<string, Deed>> = {
	"GET /transactions": (api) => ({ status: 200, json: api.transactions.map(view) }),
	"POST /decide": reading(decision, decide),
	"POST /next": reading(scriptShape, (api, script) => {
		api.next(script);
		return done;
	}),
	"POST /trouble": reading(troubleShape, (api, trouble) => {
		api.disturb(trouble);
		return done;
	}),
	"POST /down": reading(nothing, (api) => api.down().then(() => done)),
	"POST /up": reading(nothing, (api) => api.up().then(() => done)),
};

const mostBodyBytes = 65_536;
const requestMs = 5_000;

/**
 * Opens the control: HTTP with JSON bodies, for people and test programs on the same machine alone.
 * @param port 0 for any free one. Rejects with the operating system's error when it cannot be had.
 */
export async function startControl(api: MockPayApi, port: number): Promise<Control> {
	const limits = { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: 1_000 };
	const server = createServer(limits, async (request, response) => {
		const { status, json } = await serve(api, request).catch((error: unknown) => wrong(500, `${error}`));
		// The rest of a body that was too long is not read.
		if (status === 413) response.setHeader("connection", "close");
		send(response, status, json);
	});
	server.listen(port, "127.0.0.1");
	await once(server, "listening");
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			const closed = once(server, "close");
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

async function serve(api: MockPayApi, request: IncomingMessage): Promise<Reply> {
	const { method, url, headers } = request;
	// Only programs have business here, and no page in a browser that has found the port.
	if (headers.origin !== undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? "")) {
		return wrong(403, "not for browsers");
	}
	const deed = deeds[`${method} ${url}`];
	if (deed === undefined) return wrong(404, `no such thing; there are ${Object.keys(deeds).join(", ")}`);
	const body = await readBody(request);
	return body === undefined ? wrong(413, `a body of more than ${mostBodyBytes} bytes`) : deed(api, body);
}

/** A deed that takes a JSON body of this shape; no body counts as {}. */
function reading<Body>(
	shape: z.ZodType<Body>,
	act: (api: MockPayApi, body: Body) => Reply | Promise<Reply>,
): Deed {
	return (api, bytes) => {
		const json = parsed(bytes);
		if (json === undefined) return wrong(400, "the body is not JSON in UTF-8");
		const read = shape.safeParse(json.value);
		if (read.success) return act(api, read.data);
		const issues = read.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
		return wrong(400, issues.join("; "));
	};
}

function parsed(bytes: Uint8Array): { readonly value: unknown } | undefined {
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		return { value: text.trim() === "" ? {} : JSON.parse(text) };
	} catch {
		// Whatever is wrong with it, the caller is told the same.
		return undefined;
	}
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.iterator({ destroyOnReturn: false })) {
		size += chunk.length;
		if (size > mostBodyBytes) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function decide(api: MockPayApi, { transactionId: beginning, errorCode }: z.infer<typeof decision>): Reply {
	const ids = api.transactions
		.flatMap(({ transactionId, refunds }) => [transactionId, ...refunds.map((one) => one.refTransactionId)])
		.filter((id) => id.startsWith(beginning));
	const [id] = ids;
	if (id === undefined) return wrong(404, "neither a payment nor a refund has this id");
	if (ids.length > 1) return wrong(409, `${ids.length} ids begin so`);
	return api.decide(id, errorCode) ? done : wrong(409, "it is decided already");
}

/** A transaction without what identifies the customer's card. */
function view(transaction: MockPayApi["transactions"][number]): object {
	const { checkout, script, troubles, startedAt, receipts, refunds, ...facts } = transaction;
	const { orderId, totalAmount } = checkout.checkoutInvoice;
	return {
		...facts,
		orderId,
		totalAmount,
		rest: restOf(transaction),
		startedAt: new Date(startedAt).toISOString(),
		refunds: refunds.map((refund) => ({ ...refund, startedAt: new Date(refund.startedAt).toISOString() })),
		receipts,
	};
}

function send(response: ServerResponse, status: number, json: object): void {
	const text = `${JSON.stringify(json, null, 2)}\n`;
	const type = "application/json; charset=utf-8";
	response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) });
	response.end(text);
}
