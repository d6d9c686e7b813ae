import { type FaultCode, type FaultError, faults } from "../model/fault.ts";
import type { Notice } from "../model/notice.ts";

export type CashierMessage = { readonly title: string; readonly text: string };

/** The cashier's message for a fault or a notice, in the configured language; `code` is the server's own word. */
export type Explain = (
	about: FaultCode | Notice,
	holes?: { readonly code?: string | undefined },
) => CashierMessage;

/** The `error` of a JSON-RPC answer. */
export type RpcError = { readonly code: number; readonly message: string; readonly data: object };

/** JSON-RPC 2.0, section 5.1; what is not about the request itself has the one code of the till. */
const codes: Partial<Record<FaultCode, number>> = {
	"request-invalid": -32_602,
	"method-unknown": -32_601,
	"internal-failure": -32_603,
};
const tillRefuses = -32_000;

/** The number of a fault's error. */
export const errorCode = (fault: FaultCode): number => codes[fault] ?? tillRefuses;

/**
 * A fault as the POS program gets it.
 * @param code replaces the number that belongs to the fault.
 */
export function rpcError(fault: FaultError, explain: Explain, code?: number): RpcError {
	const { moneyMoved, acts, next } = faults[fault.code];
	return {
		code: code ?? errorCode(fault.code),
		message: fault.message,
		data: {
			fault: fault.code,
			moneyMoved,
			acts,
			next,
			cashier: explain(fault.code),
			detail: fault.detail,
		},
	};
}

/** What is known of a failure without its text: that may quote a password or a card number. */
export function wordless(error: unknown): { name: string; code?: unknown; frames: string[] } {
	if (!(error instanceof Error)) return { name: typeof error, frames: [] };
	const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
	return { name: error.name, ...("code" in error ? { code: error.code } : {}), frames };
}
