import type { z } from "zod";
import type { FaultCode, FaultRow } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { ReturnedPart } from "../model/operation.ts";
import type { Symbology } from "../model/scan.ts";
import type { Slip } from "../model/slip.ts";
import { check } from "./check.ts";
import { type Client, stranger } from "./client.ts";
import type { CashierMessage } from "./errors.ts";
import { type OfficeMethods, officeCalls } from "./office-methods.ts";
import { openRpcDocument } from "./open-rpc.ts";
import { type PrintMethods, printCalls } from "./print-methods.ts";
import type { PrintView } from "./print-views.ts";
import {
	discoverParams,
	operationGetParams,
	payCancelParams,
	payProvidersParams,
	payStartParams,
	receiptSendParams,
	refundStartParams,
	scanAcknowledgeParams,
	scannerBeepParams,
	scannerPauseParams,
	scannerPictureParams,
	scannerTriggerParams,
	scansAcceptParams,
	scanTakeParams,
} from "./schema.ts";
import { type SelfTestMethods, selfTestCalls } from "./selftest-methods.ts";
import { withHash } from "./with-hash.ts";

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

/** The ways to pay that a customer has. When there is none, the fault says so and the cashier is told. */
export type ProvidersView = {
	/** Koshelek Pay is what the customer wants: it can be started without asking. */
	readonly isDefault: boolean;
	readonly providers: readonly {
		readonly paymentType: string;
		readonly available: boolean;
		/** The server's words for the cashier. */
		readonly message?: string;
	}[];
	readonly fault?: FaultCode;
	readonly cashier?: CashierMessage;
};

/** An operation as a POS program sees it. */
export type OperationView = {
	readonly operationId: string;
	readonly kind: "payment" | "refund" | "receipt" | "providers";
	/** Whose it is; told where kassad serves several tills. */
	readonly terminalId?: string;
	readonly orderId: string;
	/** Of a refund what goes back, of a fiscal receipt its total. */
	readonly amount: Kopecks;
	readonly state: OperationState;
	/** Of the payment. */
	readonly transactionId?: string;
	/** Of a refund. */
	readonly refTransactionId?: string;
	/** Of a refund: what is returned. */
	readonly parts?: readonly ReturnedPart[];
	readonly slip?: Slip;
	readonly fault?: FaultCode;
	/** The server's own code, whole; the cashier's message may show less of it. */
	readonly wireCode?: string;
	/** Of a refund: whether it went back. */
	readonly moneyMoved?: FaultRow["moneyMoved"];
	readonly cashier?: CashierMessage;
	/** Of a settled payment, as far as this till knows them. */
	readonly refunds?: readonly RefundView[];
	/** Of a settled payment: kopecks that no refund has taken or may still take. */
	readonly refundable?: Kopecks;
	/** The newest print. */
	readonly print?: PrintView;
};

type RefundView = {
	readonly operationId: string;
	readonly amount: Kopecks;
	readonly state: OperationState;
};

type ScanFacts = { readonly scanId: string; readonly symbology: Symbology; readonly scanner: string };

/** The content of a scan: a card's number, or the bytes of anything else and its text if it is UTF-8. */
export type ScanContent = ScanFacts &
	(
		| { readonly kind: "payable" | "loyalty"; readonly cardNumber: string }
		| { readonly kind: "foreign"; readonly bytes: string; readonly text?: string }
	);

/** Which scanners nobody listens to now. */
type Paused = { readonly paused: readonly string[] };

/** The scanner that has been told something. */
type Told = { readonly scanner: string };

/**
 * What the till does for a POS program; each may throw or reject with a {FaultError}.
 * A method is called while its line is being read, so wishes reach the till in the order of their arrival.
 */
export type Methods = PrintMethods &
	SelfTestMethods &
	OfficeMethods & {
		readonly hello: (params: { readonly client: string }) => Promise<Hello>;
		readonly "pay.providers": (params: z.infer<typeof payProvidersParams>) => Promise<ProvidersView>;
		/** @param hash of the wish without its key, see `bodyHash`. */
		readonly "pay.start": (params: z.infer<typeof payStartParams>, hash: string) => Promise<Started>;
		readonly "pay.cancel": (params: z.infer<typeof payCancelParams>) => Promise<Started>;
		readonly "refund.start": (params: z.infer<typeof refundStartParams>, hash: string) => Promise<Started>;
		readonly "receipt.send": (params: z.infer<typeof receiptSendParams>, hash: string) => Promise<Started>;
		readonly "operation.get": (params: z.infer<typeof operationGetParams>) => Promise<OperationView>;
		readonly "scan.take": (params: z.infer<typeof scanTakeParams>, client: Client) => Promise<ScanContent>;
		readonly "scan.acknowledge": (
			params: z.infer<typeof scanAcknowledgeParams>,
			client: Client,
		) => Promise<{ readonly scanId: string }>;
		readonly "scans.accept": (
			params: z.infer<typeof scansAcceptParams>,
			client: Client,
		) => Promise<{ readonly leaseMs: number }>;
		readonly "scanner.pause": (params: z.infer<typeof scannerPauseParams>, client: Client) => Promise<Paused>;
		readonly "scanner.resume": (params: z.infer<typeof scannerPauseParams>) => Promise<Paused>;
		readonly "scanner.beep": (params: z.infer<typeof scannerBeepParams>) => Promise<Told>;
		readonly "scanner.trigger": (params: z.infer<typeof scannerTriggerParams>) => Promise<Told>;
		readonly "scanner.picture": (params: z.infer<typeof scannerPictureParams>) => Promise<Told>;
	};

/** A method's name and what calls it with parameters that nobody has looked at yet. */
export type Calls = ReadonlyMap<string, (params: unknown) => Promise<object>>;

/** The methods about the till behind their schemas, for one client. */
export function checkedCalls(methods: Methods, client = stranger): Calls {
	return new Map<string, (params: unknown) => Promise<object>>([
		[
			"rpc.discover",
			async (params) => {
				check(discoverParams, params);
				return openRpcDocument();
			},
		],
		["pay.providers", (params) => methods["pay.providers"](check(payProvidersParams, params))],
		["pay.start", withHash(payStartParams, methods["pay.start"])],
		["pay.cancel", (params) => methods["pay.cancel"](check(payCancelParams, params))],
		["refund.start", withHash(refundStartParams, methods["refund.start"])],
		["receipt.send", withHash(receiptSendParams, methods["receipt.send"])],
		["operation.get", (params) => methods["operation.get"](check(operationGetParams, params))],
		["scan.take", (params) => methods["scan.take"](check(scanTakeParams, params), client)],
		[
			"scan.acknowledge",
			(params) => methods["scan.acknowledge"](check(scanAcknowledgeParams, params), client),
		],
		["scans.accept", (params) => methods["scans.accept"](check(scansAcceptParams, params), client)],
		["scanner.pause", (params) => methods["scanner.pause"](check(scannerPauseParams, params), client)],
		["scanner.resume", (params) => methods["scanner.resume"](check(scannerPauseParams, params))],
		["scanner.beep", (params) => methods["scanner.beep"](check(scannerBeepParams, params))],
		["scanner.trigger", (params) => methods["scanner.trigger"](check(scannerTriggerParams, params))],
		["scanner.picture", (params) => methods["scanner.picture"](check(scannerPictureParams, params))],
		...printCalls(methods),
		...selfTestCalls(methods, client),
		...officeCalls(methods),
	]);
}
