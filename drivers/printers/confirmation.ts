import type { ConfirmationKind, Inquiry } from "../../src/model/printer.ts";
import type { Confirmation } from "../../src/model/printer-driver.ts";

/** Asks for proof in the way that a model has, or null; `id` is four printable ASCII characters. */
export function confirmation(kind: ConfirmationKind, id: string): Inquiry<Confirmation> | null {
	if (kind === "process-id") return processId(id);
	return kind === "paper-barrier" ? paperBarrier() : null;
}

/**
 * Epson ESC/POS GS ( H, function 48: the printer returns the four characters of `id` when everything before them has
 * been printed. Noise that looked like the head of a block is part of the block that ends with the echo.
 */
export function processId(id: string): Inquiry<Confirmation> {
	const echo = Buffer.from(`\x37\x22${id}`, "latin1");
	return {
		request: Buffer.concat([Buffer.of(0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30), Buffer.from(id, "latin1")]),
		read: (replies) => {
			const echoed = replies.some(
				(reply) => reply.kind === "block" && echo.equals(reply.bytes.subarray(-echo.length)),
			);
			return echoed ? "process-id" : undefined;
		},
	};
}

/** Bits 2 and 3 of the answer to GS r 1: the end of the roll. */
const paperEnd = 0x0c;

/**
 * Epson ESC/POS GS r 1, for printers without GS ( H: a question about paper that waits its turn behind the lines
 * before it. Printers that answer on reading it prove only that they have received the lines; when the answer is
 * that the paper has ended, the lines may be on no paper at all.
 */
export function paperBarrier(): Inquiry<Confirmation> {
	return {
		request: Uint8Array.of(0x1d, 0x72, 1),
		read: (replies) => {
			const answer = replies.find(({ kind }) => kind === "queued");
			if (answer?.kind !== "queued") return undefined;
			return (answer.byte & paperEnd) === 0 ? "paper-barrier" : "printer-paper-out";
		},
	};
}
