/**
 * The least program that does what any must on the road from key press to wire, without kassad: a line arrives on a
 * Unix socket and fits its schema, its key is new, a cancel or refund finds its payment, one row is committed to disk
 * (WAL, FULL), one POST leaves on a warm connection and has a deadline. The libraries are kassad's own.
 * `BARE_AUTHORIZATION=... node bare-pay.ts SOCKET DATABASE URL CAFILE [CONNECTIONS]`
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { Pool } from "undici";
import { z } from "zod";

type Arguments = [socket: string, database: string, url: string, caFile: string, connections?: string];
const [socketPath, databasePath, url, caFile, connections = "1"] = process.argv.slice(2) as Arguments;
const authorization = process.env.BARE_AUTHORIZATION ?? "";
const token = "Zm9v123";
const store = { storeId: "00000000-0000-4000-8000-000000000001", terminalId: "till-1" };

const database = new DatabaseSync(databasePath);
database.exec(
	`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
	CREATE TABLE wishes (request_id TEXT PRIMARY KEY, key TEXT UNIQUE, order_id TEXT, body TEXT, answer TEXT);
	CREATE INDEX wishes_by_order ON wishes (order_id)`,
);
const byKey = database.prepare("SELECT answer FROM wishes WHERE key = ?");
const byOrder = database.prepare("SELECT body, answer FROM wishes WHERE order_id = ?");
const insert = database.prepare("INSERT INTO wishes (request_id, key, order_id, body) VALUES (?, ?, ?, ?)");
const keep = database.prepare("UPDATE wishes SET answer = ? WHERE request_id = ?");

const { origin, pathname } = new URL(url);
const pool = new Pool(origin, {
	connections: Number(connections),
	connect: { ca: readFileSync(caFile, "utf8") },
	keepAliveTimeout: 600_000,
});
const base = `${pathname.replace(/\/$/, "")}/api/v1/merchant`;

const item = z.strictObject({
	name: z.string(),
	article: z.string(),
	price: z.int(),
	quantity: z.int(),
	totalAmount: z.int(),
	tax: z.string(),
});
const purchase = z.strictObject({ orderId: z.string(), totalAmount: z.int(), items: z.array(item) });
const key = z.string();
const card = { cardNumber: z.string(), cardSession: z.string() };

/** What a line may ask for. */
const wishes = z.discriminatedUnion("method", [
	z.strictObject({ method: z.literal("pay"), key, ...card, purchase, paymentTypes: z.array(z.string()) }),
	z.strictObject({ method: z.literal("providers"), key, ...card, purchase }),
	z.strictObject({ method: z.literal("cancel"), key, orderId: z.string() }),
	z.strictObject({ method: z.literal("refund"), key, orderId: z.string() }),
]);

type Wish = z.infer<typeof wishes>;

const paths = {
	pay: "checkout",
	providers: "availability-info/task",
	cancel: "transaction/cancel",
	refund: "transaction/refund",
} as const;

function bodyOf(wish: Wish): object {
	if (wish.method === "pay" || wish.method === "providers") {
		const { cardNumber: loyaltyId, cardSession, purchase } = wish;
		const facts = { ...store, checkoutInvoice: purchase, user: { loyaltyId } };
		if (wish.method === "providers") return { ...facts, cardsession: cardSession };
		return { ...facts, cardSession, paymentMethods: wish.paymentTypes.map((type) => ({ type })) };
	}
	const row = byOrder.get(wish.orderId) as { body: string; answer: string };
	const { transactionId } = JSON.parse(row.answer);
	if (wish.method === "cancel") return { ...store, transactionId };
	const { totalAmount: refundAmount, items } = JSON.parse(row.body).checkoutInvoice;
	return { ...store, transactionId, refundAmount, items };
}

async function answer(line: string): Promise<string> {
	const wish = wishes.parse(JSON.parse(line));
	const known = byKey.get(wish.key) as { answer: string } | undefined;
	if (known !== undefined) return known.answer;
	const requestId = randomUUID();
	const body = JSON.stringify({ requestId, ...bodyOf(wish) });
	insert.run(requestId, wish.key, wish.method === "pay" ? wish.purchase.orderId : null, body);
	const reply = await pool.request({
		method: "POST",
		path: `${base}/${paths[wish.method]}`,
		headers: {
			authorization,
			...(wish.method !== "cancel" && { token }),
			"content-type": "application/json",
		},
		body,
		signal: AbortSignal.timeout(10_000),
	});
	const told = await reply.body.text();
	keep.run(told, requestId);
	return told;
}

const warm = await pool.request({ method: "HEAD", path: "/" });
await warm.body.dump();

createServer((socket) => {
	let rest = "";
	socket.setEncoding("utf8").on("data", async (piece) => {
		rest += piece;
		const end = rest.indexOf("\n");
		if (end < 0) return;
		const line = rest.slice(0, end);
		rest = rest.slice(end + 1);
		socket.write(`${await answer(line)}\n`);
	});
}).listen(socketPath, () => process.stdout.write("ready\n"));
