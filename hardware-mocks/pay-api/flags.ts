import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import type { PostbackOptions } from "./postman.ts";
import type { Script } from "./script.ts";

export type Flags = {
	readonly port: number;
	readonly controlPort: number;
	readonly login: string;
	readonly password: string;
	readonly caFile: string;
	readonly acceptAfter: number;
	readonly confirmAfter?: number;
	readonly reject?: string;
	readonly refuse?: string;
	readonly pending?: true;
	readonly late?: number;
	readonly silent?: true;
	readonly loseAnswer?: true;
	readonly chaos?: number;
	readonly postbackUrl?: string;
	readonly postbackLogin: string;
	readonly postbackPassword: string;
	readonly postbackCa?: string;
};

export function commandLine(): Command {
	return new Command("simulator")
		.description("A Koshelek Pay API (cm_pay_api 1.2.1) for trying out a till. No money moves.")
		.option("--port <number>", "TCP port on localhost; 0 for any free one", portNumber, 8443)
		.option("--control-port <number>", "TCP port of the control; 0 for any free one", portNumber, 8444)
		.option("--login <name>", "Basic auth login", "till")
		.option("--password <text>", "Basic auth password", "secret")
		.option("--ca-file <path>", "where to write the certificate of its authority", "out/pay-api-ca.pem")
		.option("--accept-after <polls>", "the status poll that is the first to say accepted", wholeNumber, 2)
		.option(
			"--confirm-after <ms>",
			"the customer decides so long after the checkout, asked or not",
			wholeNumber,
		)
		.option("--reject <errorCode>", "reject every payment, such as NOT_ENOUGH_LIMIT_TO_PAY")
		.option("--refuse <code>", "answer every checkout 422 with this code, such as UNKNOWN_SESSION_ID")
		.option("--pending", "the customer never decides, until the control does")
		.option("--late <ms>", "answer the first try of each checkout so late", wholeNumber)
		.option("--silent", "never answer a checkout")
		.option("--lose-answer", "cut the connection after processing the first try of each checkout")
		.option(
			"--chaos <seed>",
			"stories and troubles by chance instead, the same for the same number",
			wholeNumber,
		)
		.option("--postback-url <url>", "post there what becomes of payments and refunds", address)
		.option("--postback-login <name>", "Basic auth login of the postbacks", "koshelek")
		.option("--postback-password <text>", "Basic auth password of the postbacks", "secret")
		.option("--postback-ca <path>", "PEM file with the authority of the till's own certificate");
}

/** The story of every checkout, as the flags tell it. */
export function scriptOf({ acceptAfter, confirmAfter, loseAnswer, ...flags }: Flags): Script {
	const { reject, refuse, pending, late, silent } = flags;
	return {
		accept: acceptAfter,
		...(confirmAfter !== undefined && { afterMs: confirmAfter }),
		...(reject !== undefined && { reject }),
		...(refuse !== undefined && { refuse }),
		...(pending && { pending }),
		...(late !== undefined && { late }),
		...(silent && { silent }),
		...(loseAnswer && { closeAfterProcessing: loseAnswer }),
	};
}

/** Where to post; undefined when no address is given. */
export function postbackOf(flags: Flags): PostbackOptions | undefined {
	const { postbackUrl: url, postbackLogin: login, postbackPassword: password, postbackCa } = flags;
	if (url === undefined) return undefined;
	return { url, login, password, ...(postbackCa && { ca: readFileSync(postbackCa, "utf8") }) };
}

function wholeNumber(text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected a whole number");
	return Number(text);
}

function portNumber(text: string): number {
	const port = wholeNumber(text);
	if (port > 65_535) throw new InvalidArgumentError("expected a number up to 65535");
	return port;
}

function address(text: string): string {
	if (!/^https?:$/.test(URL.parse(text)?.protocol ?? "")) {
		throw new InvalidArgumentError("expected an address such as http://127.0.0.1:8081/postback");
	}
	return text;
}
