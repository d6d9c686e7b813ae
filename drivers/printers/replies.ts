import type { PrinterReply } from "../../src/model/printer.ts";

/** Headers of block replies: GS ( H and others, GS I as text, GS I as type A. */
const blockHeaders: readonly number[] = [0x37, 0x5f, 0x3d];
const textHeader = 0x5f;

/** GS I answers with at most 80 characters between its header and its NUL: what a listener keeps at most. */
const mostBlockBytes = 82;

const statusBackBytes = 4;

/** XON and XOFF, which a serial printer sends between any two bytes of a reply and which no reply holds. */
const isFlowControl = (byte: number) => byte === 0x11 || byte === 0x13;
const isRealTime = (byte: number) => (byte & 0x93) === 0x12;
const isStatusBack = (byte: number) => (byte & 0x93) === 0x10;
const isQueued = (byte: number) => (byte & 0x90) === 0;

/** What the first bytes are, and how many; without a reply they are noise. */
type Taken = { readonly length: number; readonly reply?: PrinterReply };

/**
 * Takes apart what a printer sends, in pieces of any size, by Citizen's table "identification of sent status" (CBM1000,
 * CT-S310) and Epson ESC/POS GS ( H. Noise is dropped; what only looked like the head of a reply hides none behind it.
 * An automatic status that breaks off is dropped with its bytes: they look like answers to GS r, and would prove what
 * nobody said. It remembers less than a hundred bytes.
 */
export function replyListener(): (bytes: Uint8Array) => PrinterReply[] {
	const pending: number[] = [];
	return (bytes) => {
		const replies: PrinterReply[] = [];
		for (const byte of bytes) {
			if (isFlowControl(byte)) continue;
			pending.push(byte);
			for (let taken = take(pending); taken !== undefined; taken = take(pending)) {
				pending.splice(0, taken.length);
				if (taken.reply !== undefined) replies.push(taken.reply);
			}
		}
		return replies;
	};
}

/** What the first bytes are; undefined while that is not clear yet. */
function take(pending: readonly number[]): Taken | undefined {
	const [head] = pending;
	if (head === undefined) return undefined;
	if (blockHeaders.includes(head)) return takeBlock(pending);
	if (isStatusBack(head)) return takeStatusBack(pending);
	if (isRealTime(head)) return { length: 1, reply: { kind: "real-time", byte: head } };
	if (isQueued(head)) return { length: 1, reply: { kind: "queued", byte: head } };
	return { length: 1 };
}

function takeBlock(pending: readonly number[]): Taken | undefined {
	const end = pending.findIndex((byte) => byte < 0x20);
	if (end < 0) return pending.length < mostBlockBytes ? undefined : { length: 1 };
	// A text can be empty; the other blocks have an identifier at least.
	const least = pending[0] === textHeader ? 1 : 2;
	if (pending[end] !== 0 || end < least) return { length: 1 };
	return { length: end + 1, reply: { kind: "block", bytes: Uint8Array.from(pending.slice(0, end)) } };
}

function takeStatusBack(pending: readonly number[]): Taken | undefined {
	const broken = pending.findIndex((byte, at) => at > 0 && at < statusBackBytes && !isQueued(byte));
	if (broken > 0) return { length: broken };
	if (pending.length < statusBackBytes) return undefined;
	const bytes = Uint8Array.from(pending.slice(0, statusBackBytes));
	return { length: statusBackBytes, reply: { kind: "automatic", bytes } };
}
