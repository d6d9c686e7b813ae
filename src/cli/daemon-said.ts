import type { Socket } from "node:net";
import { Observable } from "rxjs";
import { z } from "zod";
import { LineCutter } from "../pos/lines.ts";

/** The longest line that is taken from a daemon; two hundred prints with all they tell have a hundredth of it. */
const mostLineBytes = 16_777_216;

const refusal = z.object({
	code: z.int(),
	message: z.string(),
	data: z
		.object({
			moneyMoved: z.string(),
			acts: z.string(),
			next: z.string(),
			cashier: z.object({ title: z.string(), text: z.string() }),
		})
		.optional(),
});

/** Why the daemon does not do what it was asked. */
export type Refusal = z.infer<typeof refusal>;

/** `id` is null when the daemon speaks of the connection as such. */
const line = z.union([
	z.object({ method: z.string(), params: z.unknown() }),
	z.object({ id: z.int().nullable(), error: refusal }),
	z.object({ id: z.int(), result: z.unknown() }),
]);

/** What the daemon says, the last thing being that it is over and why. */
export type Said =
	| { readonly kind: "unasked"; readonly method: string; readonly params: unknown }
	| { readonly kind: "refusal"; readonly id: number | null; readonly refusal: Refusal }
	| { readonly kind: "answer"; readonly id: number; readonly result: unknown }
	| { readonly kind: "over"; readonly why: string };

/** Listens to a daemon; once, from the beginning. */
export function said$(socket: Socket): Observable<Said> {
	return new Observable((observer) => {
		const cutter = new LineCutter(mostLineBytes);
		const over = (why: string) => {
			socket.destroy();
			observer.next({ kind: "over", why });
			observer.complete();
		};
		socket.on("data", (chunk: Buffer) => {
			for (const cut of cutter.push(chunk)) {
				const said = cut.kind === "text" ? readSaid(cut.text) : undefined;
				if (said === undefined) {
					over("what answers there does not speak as kassad does");
					return;
				}
				observer.next(said);
			}
		});
		socket.on("error", () => undefined);
		socket.once("close", () => over("kassad has closed the connection; its log may say why"));
	});
}

/** Undefined when it is no line of kassad's. */
export function readSaid(text: string): Said | undefined {
	const read = line.safeParse(parsed(text));
	if (!read.success) return undefined;
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
