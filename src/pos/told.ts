import { z } from "zod";
import { type FaultCode, faults } from "../model/fault.ts";

/** What the document says of answers that are told to people. */
export const cashier = z.object({ title: z.string(), text: z.string() }).meta({
	id: "CashierMessage",
	description: "To be shown to the cashier as it is, in the till's language.",
});

/** A row's name in the fault table. */
export const faultCode = z.enum(Object.keys(faults) as FaultCode[]).meta({
	id: "FaultCode",
	description: "See `x-faults` for what each means.",
});

export const moneyMoved = z.enum(["yes", "no", "unknown"]).meta({
	id: "MoneyMoved",
	description: "Whether the customer's money has moved; `unknown` is never to be read as no.",
});

/** Where kassad serves several tills. */
export const toldTerminal = z
	.string()
	.describe("Whose it is; told where kassad serves several tills.")
	.exactOptional();

/** What comes with an error. */
export const errorData = z
	.object({
		fault: faultCode,
		moneyMoved,
		acts: z.enum(["cashier", "administrator", "technician", "nobody"]),
		next: z.enum(["scan-again", "other-way-to-pay", "repeat", "wait", "ask", "never"]),
		cashier,
		detail: z.string().describe("For the technician; empty when there is nothing to add."),
	})
	.meta({ id: "ErrorData", description: "The `data` of every error." });
