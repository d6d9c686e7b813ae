/** One thing that a printer said, and the index of its first byte. */
export type Reply =
	/** The answer to a real-time question, DLE EOT n. */
	| { readonly kind: "real-time"; readonly byte: number; readonly at: number }
	/** The one-byte answer to a question that waited its turn, GS r n. */
	| { readonly kind: "queued"; readonly byte: number; readonly at: number }
	/** A header, an identifier and data; the NUL at its end is left out. */
	| { readonly kind: "block"; readonly bytes: Uint8Array; readonly at: number };

/** Headers of block replies: GS ( H and others, GS I as text, GS I as type A. */
const blockHeaders = [0x37, 0x5f, 0x3d];

/** GS I answers with at most 80 characters between its header and its NUL. */
const mostBlockBytes = 82;

const isFlowControl = (byte: number | undefined) => byte === 0x11 || byte === 0x13;
const isRealTime = (byte: number) => (byte & 0x93) === 0x12;
const isStatusBack = (byte: number) => (byte & 0x93) === 0x10;
const isQueued = (byte: number) => (byte & 0x90) === 0;

/**
 * Takes apart what a printer sent, by Citizen's table "identification of sent status" (CBM1000, CT-S310) and
 * Epson ESC/POS GS ( H. XON and XOFF may stand anywhere. Automatic status (ASB: a head and three bytes that look
 * like GS r answers) is recognised and left out, as is noise. A reply that is not whole yet is not there yet.
 */
export function repliesIn(received: Uint8Array): Reply[] {
	const replies: Reply[] = [];
	for (let at = 0; at < received.length; ) {
		const byte = received[at] as number;
		if (blockHeaders.includes(byte)) {
			const end = blockEnd(received, at);
			if (end === "not yet") break;
			if (end !== "never") replies.push({ kind: "block", bytes: content(received, at, end), at });
			at = end === "never" ? at + 1 : end + 1;
		} else if (isStatusBack(byte)) {
			at = statusBackEnd(received, at);
		} else {
			if (isRealTime(byte)) replies.push({ kind: "real-time", byte, at });
			else if (isQueued(byte)) replies.push({ kind: "queued", byte, at });
			at += 1;
		}
	}
	return replies;
}

/** The index of the NUL that ends a block reply; `never` when what looked like a header was noise. */
function blockEnd(received: Uint8Array, at: number): number | "not yet" | "never" {
	const most = received.subarray(at, at + mostBlockBytes);
	const end = most.findIndex((byte) => byte < 0x20 && !isFlowControl(byte));
	if (end < 0) return most.length < mostBlockBytes ? "not yet" : "never";
	return most[end] === 0 ? at + end : "never";
}

function content(received: Uint8Array, at: number, end: number): Uint8Array {
	return received.subarray(at, end).filter((byte) => !isFlowControl(byte));
}

/** The index after the head of an automatic status and those of its three bytes that have come. */
function statusBackEnd(received: Uint8Array, head: number): number {
	let [at, left] = [head + 1, 3];
	while (left > 0 && at < received.length) {
		const byte = received[at] as number;
		if (!isFlowControl(byte)) {
			if (!isQueued(byte)) break;
			left -= 1;
		}
		at += 1;
	}
	return at;
}
