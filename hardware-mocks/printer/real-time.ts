/** What a printer does the moment the bytes arrive, whatever waits in its buffer. */
export type RealTimeRequest =
	| { readonly kind: "status"; readonly of: 1 | 2 | 3 | 4 }
	| { readonly kind: "recover"; readonly clearing: boolean }
	| { readonly kind: "drawer"; readonly pin: 2 | 5; readonly onMs: number }
	| { readonly kind: "clear" };

/** DLE DC4 8 needs its full spelling, so that no accident clears a buffer. */
const clearing = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/** A request, and how many bytes of the piece had come when it was complete. */
type Found = { readonly request: RealTimeRequest; readonly at: number };

/**
 * Finds real-time commands (DLE EOT, DLE ENQ, DLE DC4) in a stream, in pieces of any size.
 * It knows nothing of what is around them: bytes inside a picture that spell such a command are
 * obeyed too, as on a real printer.
 */
export function realTimeScanner(): (piece: Uint8Array) => Found[] {
	const recent: number[] = [];
	return (piece) => {
		const found: Found[] = [];
		for (const [index, byte] of piece.entries()) {
			recent.push(byte);
			if (recent.length > clearing.length) recent.shift();
			const request = recent.includes(0x10) ? requestAtEnd(recent) : undefined;
			if (request !== undefined) found.push({ request, at: index + 1 });
		}
		return found;
	};
}

function requestAtEnd(recent: readonly number[]): RealTimeRequest | undefined {
	const [dle, verb, n = 0] = recent.slice(-3);
	if (dle === 0x10 && verb === 0x04 && isStatus(n)) return { kind: "status", of: n };
	if (dle === 0x10 && verb === 0x05 && (n === 1 || n === 2)) return { kind: "recover", clearing: n === 2 };
	const [first, second, pulse, pin = 0, time = 0] = recent.slice(-5);
	if (first === 0x10 && second === 0x14 && pulse === 0x01 && pin <= 1 && time >= 1 && time <= 8)
		return { kind: "drawer", pin: pin === 0 ? 2 : 5, onMs: time * 100 };
	return clearing.every((byte, at) => recent[at] === byte) ? { kind: "clear" } : undefined;
}

function isStatus(n: number): n is 1 | 2 | 3 | 4 {
	return n >= 1 && n <= 4;
}
