/** The longest question, GS ( H, but one byte: so much of the end of what came may be its beginning. */
const longest = 10;

/**
 * A printer that is well: what it answers to the questions in what it was sent, in pieces of any size. It looks for them
 * in the data of pictures, too, as real printers do for DLE EOT.
 */
export function wellPrinter(): (bytes: Uint8Array) => Uint8Array[] {
	let rest = Buffer.alloc(0);
	return (bytes) => {
		const all = Buffer.concat([rest, bytes]);
		const answers: Uint8Array[] = [];
		let done = 0;
		for (let at = 0; at < all.length; at += 1) {
			const found = questionAt(all.subarray(at));
			if (found === undefined) continue;
			answers.push(Uint8Array.from(found.answer));
			at += found.length - 1;
			done = at + 1;
		}
		rest = all.subarray(Math.max(done, all.length - longest));
		return answers;
	};
}

/** DLE EOT n, GS a n, GS r n and GS ( H function 48 with its four characters (Epson's ESC/POS command reference). */
function questionAt(bytes: Uint8Array): { readonly length: number; readonly answer: number[] } | undefined {
	const [first, second, third = 0] = bytes;
	const three = bytes.length >= 3 && third > 0;
	if (first === 0x10 && second === 0x04 && three && third <= 4) return { length: 3, answer: [0x12] };
	if (first !== 0x1d) return undefined;
	if (second === 0x61 && three) return { length: 3, answer: [0x14, 0, 0, 0x0f] };
	if (second === 0x72 && three) return { length: 3, answer: [0] };
	if (second !== 0x28 || third !== 0x48 || bytes.length <= longest) return undefined;
	return { length: longest + 1, answer: [0x37, 0x22, ...bytes.subarray(7, longest + 1), 0] };
}
