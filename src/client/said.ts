import { z } from "zod";
import { isShallow } from "./shallow.ts";

const word = z.string().max(1_000);
const words = z.string().max(10_000);

const refusal = z.object({
	code: z.int(),
	message: words,
	data: z.object({
		fault: word,
		moneyMoved: z.enum(["yes", "no", "unknown"]),
		acts: word,
		next: word,
		cashier: z.object({ title: words, text: words }),
		detail: words,
	}),
});

/** `id` is null when the daemon speaks of the connection as such. */
const message = z.union([
	z.object({ method: word, params: z.record(z.string(), z.unknown()) }),
	z.object({ id: z.int().nullable(), error: refusal }),
	z.object({ id: z.int(), result: z.record(z.string(), z.unknown()) }),
]);

type Facts = Readonly<Record<string, unknown>>;

/** One message of the daemon's. */
export type Said =
	| { readonly kind: "unasked"; readonly method: string; readonly params: Facts }
	| { readonly kind: "refusal"; readonly id: number | null; readonly refusal: z.infer<typeof refusal> }
	| { readonly kind: "answer"; readonly id: number; readonly result: Facts };

/** Undefined when it is no message of kassad's. */
export function readSaid(text: string): Said | undefined {
	const value = parsed(text);
	const read = message.safeParse(value);
	if (!read.success || !isShallow(value)) return undefined;
	if ("method" in read.data) return { kind: "unasked", ...read.data };
	if ("error" in read.data) return { kind: "refusal", id: read.data.id, refusal: read.data.error };
	return { kind: "answer", ...read.data };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
