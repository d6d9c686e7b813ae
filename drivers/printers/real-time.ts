/** DLE, and what makes it a request that printers obey on receipt: EOT, ENQ, DC4 (Epson ESC/POS). */
const dle = 0x10;
const requests: readonly number[] = [0x04, 0x05, 0x14];

/** The byte that takes the place of DLE in a picture: one more dot, beside the one that was alone. */
const widened = 0x18;

/**
 * Whether bytes hold what looks like a real-time request. Printers look for them in everything that arrives, in the
 * middle of pictures and symbols, too: the answer to a stray DLE EOT is taken for another's, DLE ENQ 2 clears the
 * buffer, and DLE DC4 opens the drawer. What follows the pair is not looked at, so more is forbidden than obeyed.
 */
export function holdsRealTime(bytes: Uint8Array): boolean {
	return bytes.some((byte, at) => byte === dle && requests.includes(bytes[at + 1] ?? 0));
}

/**
 * The data of a picture without real-time requests: where one would stand, the single dot that makes the byte a DLE
 * is two dots wide. The new byte is neither a DLE nor what can follow one, so one pass is enough. Symbols are drawn
 * with bars of two dots or more and never hold a DLE; photographs do not show one dot.
 */
export function withoutRealTime(data: Uint8Array): Uint8Array {
	return data.map((byte, at) => (byte === dle && requests.includes(data[at + 1] ?? 0) ? widened : byte));
}
