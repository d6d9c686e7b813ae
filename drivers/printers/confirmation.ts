import type { Confirmation, Inquiry } from "../../src/model/device.ts";
import { repliesIn } from "./replies.ts";

/**
 * Epson ESC/POS GS ( H, function 48: the printer returns the four characters of `id` when everything before
 * them has been printed.
 */
export function processId(id: string): Inquiry<Confirmation> {
	const echo = Buffer.from(`\x37\x22${id}`, "latin1");
	return {
		request: Buffer.concat([Buffer.of(0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30), Buffer.from(id, "latin1")]),
		read: (received, from = 0) => {
			const echoed = repliesIn(received).some(
				(reply) => reply.kind === "block" && reply.at >= from && echo.equals(reply.bytes),
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
		read: (received, from = 0) => {
			const answer = repliesIn(received).find(({ kind, at }) => kind === "queued" && at >= from);
			if (answer === undefined) return undefined;
			return ((received[answer.at] ?? 0) & paperEnd) === 0 ? "paper-barrier" : "printer-paper-out";
		},
	};
}
