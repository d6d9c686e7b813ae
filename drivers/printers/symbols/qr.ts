import { symbolCommand } from "./command.ts";
import { moduleDots } from "./sizes.ts";
import type { PrintedSymbol } from "./symbol.ts";

const cn = 0x31;
const [model2, levelM] = [0x32, 0x31];

/**
 * Most bytes of a code of version 1 to 40 at level M (ISO/IEC 18004, table of capacities, byte mode). Printers that
 * pack digits better than that draw a smaller one.
 */
const mostBytes: readonly number[] = [
	14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
	857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];

/**
 * The commands that draw a QR code (GS ( k, cn 49, functions 65, 67, 69, 80, 81), or undefined when the data is too
 * long for the paper. Model and level are sent every time and before the data: some printers keep the last ones.
 */
export function qrCode(data: string, dots: number): PrintedSymbol | undefined {
	const bytes = new TextEncoder().encode(data);
	const version = 1 + mostBytes.findIndex((most) => bytes.length <= most);
	const modules = 17 + 4 * version;
	const size = version === 0 ? undefined : moduleDots("qr", modules, dots);
	if (size === undefined) return undefined;
	return {
		bytes: Buffer.concat([
			symbolCommand(cn, 65, [model2, 0]),
			symbolCommand(cn, 67, [size]),
			symbolCommand(cn, 69, [levelM]),
			symbolCommand(cn, 80, [0x30, ...bytes]),
			symbolCommand(cn, 81, [0x30]),
		]),
		height: modules * size,
	};
}
