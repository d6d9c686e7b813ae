import { writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import type { MockPayApi, PayApiOptions } from "../pay-api.ts";
import type { PayApiRecord } from "./reception.ts";
import type { Script } from "./script.ts";

type Flags = {
	port: number;
	login: string;
	password: string;
	caFile: string;
	acceptAfter: number;
	reject?: string;
	refuse?: string;
	pending?: true;
	late?: number;
	silent?: true;
	loseAnswer?: true;
};

/** Runs a Pay API that plays one story for every checkout, until it is interrupted. */
export async function runPayApiProgram(
	start: (options: PayApiOptions) => Promise<MockPayApi>,
): Promise<void> {
	const flags = commandLine().parse().opts<Flags>();
	const { port, login, password, caFile } = flags;
	const api = await start({ port, login, password, script: scriptOf(flags), tell: print });
	writeFileSync(caFile, api.caPem);
	console.log(`Base URL   ${api.url}\nAuthority  ${caFile}\nLogin      ${login}\nInterrupt with Ctrl-C.\n`);
	process.once("SIGINT", async () => {
		console.log(`\nPayments made: ${api.paymentsMade()}`);
		await api.close();
	});
}

function commandLine(): Command {
	return new Command("pay-api.ts")
		.description("A Koshelek Pay API (cm_pay_api 1.2.1) for trying out a till. No money moves.")
		.option("--port <number>", "TCP port on localhost", wholeNumber, 8443)
		.option("--login <name>", "Basic auth login", "till")
		.option("--password <text>", "Basic auth password", "secret")
		.option("--ca-file <path>", "where to write the certificate of its authority", "pay-api-ca.pem")
		.option("--accept-after <polls>", "the status poll that is the first to say accepted", wholeNumber, 2)
		.option("--reject <errorCode>", "reject every payment, such as NOT_ENOUGH_LIMIT_TO_PAY")
		.option("--refuse <code>", "answer every checkout 422 with this code, such as UNKNOWN_SESSION_ID")
		.option("--pending", "the customer never decides")
		.option("--late <ms>", "answer the first try of each checkout so late", wholeNumber)
		.option("--silent", "never answer a checkout")
		.option("--lose-answer", "cut the connection after processing the first try of each checkout");
}

function wholeNumber(text: string): number {
	if (!/^\d+$/.test(text)) throw new InvalidArgumentError("expected a whole number");
	return Number(text);
}

function scriptOf({ acceptAfter, reject, refuse, pending, late, silent, loseAnswer }: Flags): Script {
	return {
		accept: acceptAfter,
		...(reject === undefined ? {} : { reject }),
		...(refuse === undefined ? {} : { refuse }),
		...(pending === undefined ? {} : { pending }),
		...(late === undefined ? {} : { late }),
		...(silent === undefined ? {} : { silent }),
		...(loseAnswer === undefined ? {} : { closeAfterProcessing: loseAnswer }),
	};
}

/** One line for each call: when, what, of which transaction or order, what the till got. */
function print({ at, call, request, repeat, got }: PayApiRecord): void {
	const time = new Date(at).toISOString().slice(11, 23);
	const again = repeat ? " (again)" : "";
	console.log(`${time}  ${call.padEnd(8)}  ${subject(request)}  -> ${got}${again}`);
}

function subject(request: PayApiRecord["request"]): string {
	if (request === undefined) return "-";
	if (!("checkoutInvoice" in request)) return `transaction ${request.transactionId ?? "by refTransactionId"}`;
	const { orderId, totalAmount } = request.checkoutInvoice;
	return `order ${orderId}, ${(totalAmount / 100).toFixed(2)} RUB`;
}
