import type { Inquiry } from "../../src/model/device.ts";
import type { Evidence } from "../../src/model/print.ts";
import { repliesIn } from "./replies.ts";

/**
 * Epson ESC/POS GS ( H, function 48: the printer returns the four characters of `id` when everything before
 * them has been printed.
 */
export function processId(id: string): Inquiry<Evidence> {
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

/**
 * Epson ESC/POS GS r 1, for printers without GS ( H: a question about paper that waits its turn behind the lines
 * before it. Printers that answer on reading it prove only that they have received the lines.
 */
export function paperBarrier(): Inquiry<Evidence> {
	return {
		request: Uint8Array.of(0x1d, 0x72, 1),
		read: (received, from = 0) => {
			const answered = repliesIn(received).some(({ kind, at }) => kind === "queued" && at >= from);
			return answered ? "paper-barrier" : undefined;
		},
	};
}
