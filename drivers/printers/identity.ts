import type { Inquiry, PrinterIdentity, PrinterReply } from "../../src/model/printer.ts";

/** GS I 65, 66, 67 and 2 (Epson ESC/POS): firmware, maker and model as text, and last the type in one byte. */
const questions = Uint8Array.from([65, 66, 67, 2].flatMap((n) => [0x1d, 0x49, n]));

const textHeader = 0x5f;

/** Bits of the type: two-byte characters, and a cutter. */
const [twoByte, cutter] = [0x01, 0x02];

/**
 * Asks what a printer is. The type is asked last, since more printers know it than the texts: with its answer all has
 * been said. Texts count only when all three came, because a text does not say which one it is. All of it is a hint:
 * clones claim to be EPSON, or a TM-T88.
 */
export function identityInquiry(): Inquiry<PrinterIdentity> {
	return { request: questions, read: identityIn };
}

function identityIn(replies: readonly PrinterReply[]): PrinterIdentity | undefined {
	const end = replies.findIndex(({ kind }) => kind === "queued");
	const type = replies[end];
	if (type?.kind !== "queued") return undefined;
	const texts = replies.slice(0, end).flatMap((reply) => (reply.kind === "block" ? textIn(reply.bytes) : []));
	const [firmware, maker, model] = texts.length === 3 ? texts : [];
	return {
		...(maker ? { maker } : {}),
		...(model ? { model } : {}),
		...(firmware ? { firmware } : {}),
		twoByte: (type.byte & twoByte) !== 0,
		cutter: (type.byte & cutter) !== 0,
	};
}

/** The text of one block, without what is no printable ASCII. */
function textIn(bytes: Uint8Array): string[] {
	if (bytes[0] !== textHeader) return [];
	return [
		Buffer.from(bytes.subarray(1))
			.toString("latin1")
			.replace(/[^\x20-\x7e]/g, "")
			.trim(),
	];
}
