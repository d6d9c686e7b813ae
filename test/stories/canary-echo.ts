import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { makeCertificate } from "../../hardware-mocks/pay-api/certificate.ts";

/** What a request tells, all of it secret but the ids. */
type Asked = {
	/** The last part of its path: `checkout`, `status`, `refund`. */
	readonly call: string;
	readonly head: string;
	readonly body: string;
	readonly fields: Readonly<Record<string, unknown>>;
	/** Session, card number, token and Basic auth of this request or of one before. */
	readonly secrets: readonly string[];
};

/** How a server blurts out what it was told, each by its name. */
export const echoes: Readonly<Record<string, (asked: Asked) => string>> = {
	"an error page with the whole request": ({ head, body }) => http(500, `${head}\n${body}`),
	"a code that is a secret": ({ secrets: [code] }) => json(422, { code, details: code }),
	"a code made of secrets": ({ secrets }) =>
		json(422, { code: secrets.slice(0, 2).join("_"), details: secrets }),
	"a status that is a secret": (asked) => told(asked, { status: asked.secrets[0] }),
	"an errorCode that is a secret": (asked) =>
		told(asked, { status: "rejected", errorCode: asked.secrets[1] }),
	"a slip full of secrets": (asked) => told(asked, { status: "accepted", slip: slipOf(asked) }),
	"ids that are secrets": (asked) =>
		told(asked, { status: "accepted", transactionId: asked.secrets[0], requestId: asked.secrets[1] }),
	"numbers and names that are secrets": ({ fields, secrets: [session = "", number] }) =>
		json(200, { ...fields, status: Number(number), [session]: { [session]: Number(number) } }),
	"a redirect to a secret": ({ secrets: [session] }) =>
		`HTTP/1.1 302 ${session}\r\nlocation: /${session}?s=${session}\r\ncontent-length: 0\r\n\r\n`,
	"headers of secrets": ({ secrets }) =>
		`HTTP/1.1 503 ${secrets[0]}\r\nretry-after: ${secrets[1]}\r\nset-cookie: ${secrets.join("|")}\r\ncontent-length: 0\r\n\r\n`,
	"endless headers of secrets": ({ secrets }) =>
		`HTTP/1.1 200 OK\r\n${`x: ${secrets.join()}\r\n`.repeat(2_000)}`,
	"no HTTP, but the request again": ({ head, body }) => `${head}${body}`,
	"half of its JSON": ({ body }) => http(200, body.slice(0, -1)),
};

/** A Pay API that answers each call as the chosen echo does; HEAD requests it answers in order. */
export async function startEcho() {
	const { caPem, ...identity } = await makeCertificate();
	let echo: (asked: Asked) => string = () => http(500, "");
	const secrets: string[] = [];
	const serve = (socket: TLSSocket) => {
		let heard = "";
		socket.on("error", () => undefined);
		socket.setEncoding("utf8").on("data", (piece: string) => {
			heard += piece;
			const [head, body] = heard.split("\r\n\r\n");
			if (head === undefined || body === undefined) return;
			const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
			if (Buffer.byteLength(body) < length) return;
			heard = "";
			const answer = head.startsWith("HEAD ") ? http(200, "") : echo(askedBy(head, body, secrets));
			socket.write(answer);
			if (!/content-length/.test(answer)) socket.end();
		});
	};
	const server = createServer(identity, serve).listen(0, "localhost");
	await once(server, "listening");
	return {
		url: `https://localhost:${(server.address() as AddressInfo).port}/shop`,
		caPem,
		become: (name: string) => {
			echo = echoes[name] ?? echo;
		},
		close: () => void server.close(),
	};
}

function askedBy(head: string, body: string, secrets: string[]): Asked {
	const fields = body === "" ? {} : JSON.parse(body);
	const header = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
	const { cardSession, cardsession, user } = fields;
	const fresh = [
		cardSession ?? cardsession,
		user?.loyaltyId,
		header("token"),
		header("authorization").slice(6),
	];
	for (const [index, secret] of fresh.entries()) if (secret) secrets[index] = secret;
	return { call: /^\S+ \S*\/([a-z-]+) /.exec(head)?.[1] ?? "", head, body, fields, secrets };
}

const transactions = new Map<unknown, string>();

/** An answer about a transaction, with these fields over the honest ones. */
function told({ fields, call }: Asked, over: object): string {
	const { requestId, transactionId = transactions.get(requestId) ?? randomUUID() } = fields;
	transactions.set(requestId, `${transactionId}`);
	const refund = call === "refund" ? { refTransactionId: randomUUID(), refStatus: "accepted" } : {};
	return json(200, { requestId, transactionId, ...refund, ...over });
}

/** What the bank says besides, as no document has it. */
function slipOf({ secrets: [session = "", number = "", token, basic] }: Asked): object {
	return {
		...{ id: session, merchantId: number, operationId: token, qrcId: basic, kzo: `kzo ${session}` },
		...{ loyaltyId: number, card: { cardNumber: Number(number), note: [session, token] } },
		...{ [session]: number, fullBarcode: `77${number}${session}` },
	};
}

const json = (status: number, answer: object) => http(status, JSON.stringify(answer));

function http(status: number, body: string): string {
	return `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
