import { z } from "zod";
import { FaultError } from "../model/fault.ts";

/** What the wrapper program says of one call. */
export type BridgeReply = {
	readonly id: number;
	readonly answer: { readonly result: object } | { readonly refusal: string };
};

/** Words of the vendor's are shown when they are words: digits could be a part of a card or a key. */
const shownWord = /^[A-Z][A-Z_]{0,63}$/;

const reply = z.union([
	z.object({ id: z.int(), error: z.object({ code: z.string() }) }),
	z.object({ id: z.int(), result: z.looseObject({}) }),
]);

const verified = z.object({
	resultCode: z.string(),
	totpCodeValid: z.boolean(),
	/** Without the prefix. */
	cardNumber: z.string().nullish(),
	cardSession: z.string().nullish(),
});

/** What `barcodeVerify` says of a barcode. */
export type Verified = z.infer<typeof verified>;

/** Goes into an HTTP header as it stands. */
const token = z.object({ token: z.string().regex(/^[!-~]{1,8192}$/) });

/** Reads a line of the wrapper program; undefined when it is none of the protocol. */
export function bridgeReply(line: string): BridgeReply | undefined {
	const read = reply.safeParse(parsed(line));
	if (!read.success) return undefined;
	const { id } = read.data;
	if ("error" in read.data) return { id, answer: { refusal: shown(read.data.error.code) } };
	return { id, answer: { result: read.data.result } };
}

/** @throws {FaultError} `password-unchecked` when it is not the result of `barcodeVerify`. */
export function verifiedOf(result: unknown): Verified {
	return readAs(verified, result, "barcodeVerify");
}

/** @throws {FaultError} `password-unchecked` when it is not the result of `getToken`. */
export function tokenOf(result: unknown): string {
	return readAs(token, result, "getToken").token;
}

/** A code of the vendor's for the log and for texts. */
export function shown(code: string): string {
	return shownWord.test(code) ? code : "[not shown]";
}

function readAs<T>(schema: z.ZodType<T>, result: unknown, method: string): T {
	const read = schema.safeParse(result);
	if (read.success) return read.data;
	throw new FaultError("password-unchecked", `the bridge's result of ${method} cannot be read`);
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
