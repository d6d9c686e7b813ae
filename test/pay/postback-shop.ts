import { Buffer } from "node:buffer";
import { Secret } from "../../src/model/secret.ts";
import type { PostbackSettings } from "../../src/model/settings/postback.ts";
import type { Facts } from "../../src/pay/wire.ts";

/** Postbacks as a shop has them behind a proxy of its own; the system gives the port. */
export const postbackShop: PostbackSettings = {
	host: "127.0.0.1",
	port: 0,
	path: "/postback",
	login: "koshelek",
	password: { env: "UNUSED" },
	tls: null,
	mostBodyBytes: 4_096,
	mostConnections: 16,
	requestMs: 60_000,
	idleMs: 60_000,
	keepMs: 10_000,
};

export const password = new Secret("swordfish:with a colon");

/** The header of the server, or of one who guesses. */
export const authorization = (guess = password.reveal(), login = postbackShop.login) =>
	`Basic ${Buffer.from(`${login}:${guess}`).toString("base64")}`;

export const transactionId = "7d3a3b0e-0000-4000-8000-00000000000a";
export const refTransactionId = "7d3a3b0e-0000-4000-8000-00000000000b";

export const accepted: Facts = { status: "accepted", transactionId };
