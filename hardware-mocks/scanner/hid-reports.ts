/**
 * Input reports as HID scanners send them, 64 bytes each, byte by byte: own code, so that a mistake in the daemon's
 * reading is not made twice. Content is Latin-1 text or bytes. Their report descriptors are in hid-descriptors.ts.
 */

type Content = string | Uint8Array;

const reportBytes = 64;

function bytesOf(content: Content): Uint8Array {
	return typeof content === "string" ? Buffer.from(content, "latin1") : content;
}

/** The content in pieces of at most `most` bytes; one empty piece of an empty content. */
function piecesOf(content: Content, most: number): Uint8Array[] {
	const bytes = bytesOf(content);
	const count = Math.max(1, Math.ceil(bytes.length / most));
	return Array.from({ length: count }, (_, index) => bytes.subarray(index * most, (index + 1) * most));
}

/** A report of these bytes at these offsets; 00 everywhere else. */
function report(...places: readonly (readonly [offset: number, bytes: ArrayLike<number>])[]): Uint8Array {
	const bytes = new Uint8Array(reportBytes);
	for (const [offset, part] of places) bytes.set(part, offset);
	return bytes;
}

/** Honeywell: `aim` as `]Q1`, and the vendor's own letter for the kind of code, as `s`. */
export function honeywellReports(content: Content, aim: string, codeId = "\0"): Uint8Array[] {
	const pieces = piecesOf(content, 56);
	return pieces.map((piece, index) =>
		report(
			[0, [0x02]], // report id
			[1, [piece.length]], // number of data bytes
			[2, bytesOf(aim)], // AIM identifier
			[5, piece], // data
			[61, bytesOf(codeId)], // Honeywell's code-id; 62 is reserved
			[63, [index < pieces.length - 1 ? 0x01 : 0x00]], // bit 0: the code goes on
		),
	);
}

/** The replies of a Honeywell to a menu command such as `REVINF.`: the text under `]X0`, then the end under `]Z6`. */
export function honeywellMenuReply(command: string, text: string): Uint8Array[] {
	const acknowledged = `${command.replace(/\.$/, "")}\x06.`;
	return [...honeywellReports(text, "]X0", "?"), ...honeywellReports(acknowledged, "]Z6", "6")];
}

/** Newland: no AIM identifier, and a byte for the kind of code of which no table is known. */
export function newlandReports(content: Content, symbology = 0x00): Uint8Array[] {
	const pieces = piecesOf(content, 56);
	return pieces.map((piece, index) =>
		report(
			[0, [0x02]], // report id
			[1, [piece.length]], // number of data bytes
			[2, piece], // data; 58 to 61 are reserved
			[62, [symbology]],
			[63, [index < pieces.length - 1 ? 0x01 : 0x00]], // bit 0: the code goes on
		),
	);
}

/** The form with one more byte, of unknown meaning, in front of the AIM identifier. */
export function extraByteReports(content: Content, aim: string, extra = 0x00): Uint8Array[] {
	const pieces = piecesOf(content, 56);
	return pieces.map((piece, index) =>
		report(
			[0, [0x02]], // report id
			[1, [piece.length]], // number of data bytes
			[2, [extra]],
			[3, bytesOf(aim)], // AIM identifier
			[6, piece], // data
			[63, [index < pieces.length - 1 ? 0x01 : 0x00]], // bit 0: the code goes on
		),
	);
}

/** Microscan: nothing says that a code goes on, so it ends with the postamble, CR LF. */
export function microscanReports(content: Content, postamble = "\r\n"): Uint8Array[] {
	const whole = Buffer.concat([bytesOf(content), bytesOf(postamble)]);
	return piecesOf(whole, 62).map((piece) =>
		report(
			[0, [0x01]], // report id
			[1, [piece.length]], // number of data bytes
			[2, piece], // data
		),
	);
}

/**
 * IBM hand-held and table-top: `trailer` tells the kind of code, as `16` or `00180b`. What does not fit into one
 * report is cut into pieces of 57 bytes of data; all but the last have a trailer that begins with 10.
 */
export function ibmReports(content: Content, trailer: string): Uint8Array[] {
	const type = Buffer.from(trailer, "hex");
	const pieces = piecesOf(content, 57);
	return pieces.map((piece, index) =>
		ibmReport(Buffer.concat([piece, index < pieces.length - 1 ? type.with(0, 0x10) : type])),
	);
}

function ibmReport(label: Uint8Array): Uint8Array {
	return report(
		[0, [4 + label.length]], // number of all bytes, this one included
		[1, [0x10, 0x03, 0x00]], // status: beeper on; alive and enabled; nothing
		[4, label], // data and trailer
	);
}
