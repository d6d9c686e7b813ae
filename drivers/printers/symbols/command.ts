/** Epson ESC/POS GS ( k: the symbology `cn`, the function, its parameters; the length counts what follows it. */
export function symbolCommand(cn: number, fn: number, parameters: readonly number[]): Buffer {
	const length = parameters.length + 2;
	return Buffer.of(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, cn, fn, ...parameters);
}
