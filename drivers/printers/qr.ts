/** Data of version 10 at level M, 57 modules: with 6 dots each it fits the narrowest paper of 384 dots. */
const mostBytes = 213;

const moduleDots = 6;

const [model2, levelM] = [0x32, 0x31];

/** GS ( k of the QR code: cn is 31h, and p counts the bytes after itself. */
const command = (fn: number, parameters: readonly number[]) => {
	const length = parameters.length + 2;
	return [0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, fn, ...parameters];
};

/**
 * The commands that draw a QR code (Epson ESC/POS GS ( k, functions 65, 67, 69, 80, 81), or undefined when
 * the data is too long for the paper. Model and level are sent every time: some printers keep the last ones.
 * Control characters are left out, since DLE EOT is obeyed even inside data.
 */
export function qrCode(data: string): Buffer | undefined {
	const bytes = new TextEncoder().encode(data.replace(/\p{Cc}/gu, ""));
	if (bytes.length === 0 || bytes.length > mostBytes) return undefined;
	return Buffer.from([
		...command(65, [model2, 0]),
		...command(67, [moduleDots]),
		...command(69, [levelM]),
		...command(80, [0x30, ...bytes]),
		...command(81, [0x30]),
	]);
}
