import type { z } from "zod";
import type { FaultCode, FaultRow } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { Evidence, PrintState } from "../model/print.ts";
import type { Symbology } from "../model/scan.ts";
import type { Slip } from "../model/slip.ts";
import { bodyHash } from "./body-hash.ts";
import { check } from "./check.ts";
import type { CashierMessage } from "./errors.ts";
import {
	helloParams,
	operationGetParams,
	payCancelParams,
	payStartParams,
	scanTakeParams,
} from "./schema.ts";

type Hello = {
	readonly name: "kassad";
	readonly version: string;
	readonly protocol: 1;
	readonly language: string;
	/** The newest event. */
	readonly seq: number;
};

type OperationState = "in-progress" | "settled" | "refused" | "unknown";

type Started = { readonly operationId: string; readonly state: OperationState };

/** An operation as a POS program sees it. */
export type OperationView = {
	readonly operationId: string;
	readonly kind: "payment";
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly state: OperationState;
	readonly transactionId?: string;
	readonly slip?: Slip;
	readonly fault?: FaultCode;
	/** The server's own code, whole; the cashier's message may show less of it. */
	readonly wireCode?: string;
	readonly moneyMoved?: FaultRow["moneyMoved"];
	readonly cashier?: CashierMessage;
	readonly print?: {
		readonly state: PrintState;
		/** Why it is not printed, or not known to be. */
		readonly reason?: FaultCode;
		readonly evidence?: Evidence;
		readonly cashier?: CashierMessage;
	};
};

type ScanFacts = { readonly scanId: string; readonly symbology: Symbology; readonly scanner: string };

/** The content of a scan: a card's number, or the bytes of anything else and its text if it is UTF-8. */
export type ScanContent = ScanFacts &
	(
		| { readonly kind: "payable" | "loyalty"; readonly cardNumber: string }
		| { readonly kind: "foreign"; readonly bytes: string; readonly text?: string }
	);

/**
 * What the till does for a POS program; each may throw or reject with a {FaultError}.
 * A method is called while its line is being read, so wishes reach the till in the order of their arrival.
 */
export type Methods = {
	readonly hello: (params: z.infer<typeof helloParams>) => Promise<Hello>;
	/** @param hash of the wish without its key, see `bodyHash`. */
	readonly "pay.start": (params: z.infer<typeof payStartParams>, hash: string) => Promise<Started>;
	readonly "pay.cancel": (params: z.infer<typeof payCancelParams>) => Promise<Started>;
	readonly "operation.get": (params: z.infer<typeof operationGetParams>) => Promise<OperationView>;
	readonly "scan.take": (params: z.infer<typeof scanTakeParams>) => Promise<ScanContent>;
};

/** A method's name and what calls it with parameters that nobody has looked at yet. */
export type Calls = ReadonlyMap<string, (params: unknown) => Promise<object>>;

/** The methods behind their schemas. */
export function checkedCalls(methods: Methods): Calls {
	return new Map<string, (params: unknown) => Promise<object>>([
		["hello", (params) => methods.hello(check(helloParams, params))],
		[
			"pay.start",
			(params) => {
				const wish = check(payStartParams, params);
				return methods["pay.start"](wish, bodyHash(wish));
			},
		],
		["pay.cancel", (params) => methods["pay.cancel"](check(payCancelParams, params))],
		["operation.get", (params) => methods["operation.get"](check(operationGetParams, params))],
		["scan.take", (params) => methods["scan.take"](check(scanTakeParams, params))],
	]);
}
