import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import type { MockPayApi } from "../../hardware-mocks/pay-api.ts";

export const login = "till-7";
export const password = "пароль";

const storeId = "0d3f1c7e-93a4-4c51-8f0c-3f2a64f2e6b1";

type Reply = {
	status: number;
	headers: Record<string, unknown>;
	text: string;
	json: Record<string, unknown>;
};

/** A till that knows HTTP and nothing else: it sends what the test tells it. */
export type Till = {
	post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
	get(path: string, headers?: Record<string, string>): Promise<Reply>;
	checkout(body?: object): Promise<Reply>;
	status(transactionId: string): Promise<Reply>;
	cancel(transactionId: string): Promise<Reply>;
	head(): Promise<number>;
	close(): Promise<void>;
};

/** A right checkout with some fields changed. */
export function checkoutBody(changes: object = {}): Record<string, unknown> {
	return {
		requestId: randomUUID(),
		cardSession: randomUUID().replaceAll("-", ""),
		storeId,
		terminalId: "till-7",
		checkoutInvoice: invoice(123_456),
		user: { loyaltyId: "9643901234567890" },
		paymentMethods: [{ type: "SBP", paymentPurpose: "Покупка" }],
		...changes,
	};
}

/** A purchase of one thing. */
export function invoice(totalAmount: number): object {
	const item = { name: "Хлеб", article: "1", price: totalAmount, quantity: 1, totalAmount, tax: "vat10" };
	return { orderId: "42", totalAmount, items: [item] };
}

export function openTill(api: MockPayApi, connections = 2): Till {
	const { origin, pathname } = new URL(api.url);
	const pool = new Pool(origin, { connections, connect: { ca: api.caPem } });
	const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;
	const usual = { authorization, "content-type": "application/json", token: "ZmluZ2VycHJpbnQ=123" };
	const request = async (
		method: "GET" | "POST",
		path: string,
		headers: Record<string, string>,
		body?: string,
	) => {
		const answer = await pool.request({
			method,
			path: `${pathname}/api/v1/merchant/${path}`,
			headers: { ...usual, ...headers },
			body: body ?? null,
		});
		const text = await answer.body.text();
		const isJson = `${answer.headers["content-type"]}`.startsWith("application/json") && text !== "";
		return { status: answer.statusCode, headers: answer.headers, text, json: isJson ? JSON.parse(text) : {} };
	};
	const post: Till["post"] = (path, body, headers = {}) =>
		request("POST", path, headers, typeof body === "string" ? body : JSON.stringify(body));
	return {
		post,
		get: (path, headers = {}) => request("GET", path, headers),
		checkout: (body = checkoutBody()) => post("checkout", body),
		status: (transactionId) => post("transaction/status", { requestId: randomUUID(), transactionId }),
		cancel: (transactionId) =>
			post("transaction/cancel", { requestId: randomUUID(), storeId, terminalId: "till-7", transactionId }),
		head: async () => {
			// undici closes the connection after a HEAD request unless it is told not to.
			const { statusCode, body } = await pool.request({ method: "HEAD", path: `${pathname}/`, reset: false });
			await body.dump();
			return statusCode;
		},
		close: () => pool.destroy(),
	};
}
