/**
 * The mock Pay API in a process of its own, for the bench of many tills: every payment is accepted at once. It says
 * where it is, and for `books` what came: when each checkout's first byte was there, and what the bank has.
 */

import { isTaken } from "../../hardware-mocks/pay-api/bank.ts";
import { startPayApi } from "../../hardware-mocks/pay-api.ts";

export type Listening = { readonly url: string; readonly caPem: string };

export type Books = {
	/** By orderId: monotonic ns of the first byte, as text, and the till on the wire. A repeat has its own line. */
	readonly checkouts: readonly {
		readonly orderId: string;
		readonly terminalId: string;
		readonly firstByteAt: string;
	}[];
	/** The orders of all transactions whose money moved. */
	readonly paid: readonly string[];
	readonly complaints: readonly string[];
};

const [login = "", password = ""] = process.argv.slice(2);
const api = await startPayApi({ login, password, script: { accept: 0 } });

function books(): Books {
	const checkouts = api.requests.flatMap(({ call, body, firstByteAt }) => {
		if (call !== "checkout") return [];
		const { terminalId, checkoutInvoice } = JSON.parse(Buffer.from(body).toString());
		return [{ orderId: checkoutInvoice.orderId, terminalId, firstByteAt: String(firstByteAt) }];
	});
	const paid = api.transactions.filter(isTaken).map(({ checkout }) => checkout.checkoutInvoice.orderId);
	return { checkouts, paid, complaints: api.complaints };
}

process.on("message", () => process.send?.(books()));
process.once("disconnect", () => process.exit());
process.send?.({ url: api.url, caPem: api.caPem } satisfies Listening);
