import { globSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

/** What can be read off a picture, and the AIM identifier of it (ISO/IEC 15424). */
const kinds = {
	qr: { format: "QRCode", aim: "]Q1" },
	datamatrix: { format: "DataMatrix", aim: "]d1" },
	pdf417: { format: "PDF417", aim: "]L0" },
	code128: { format: "Code128", aim: "]C0" },
} as const;

export type Kind = keyof typeof kinds;

export const isKind = (word: string): word is Kind => Object.hasOwn(kinds, word);

/** What a scanner sends that is held to a code on the newest picture of a folder; undefined when it sees none. */
export async function codeOnNewest(
	folder: string,
	kind: Kind,
): Promise<{ readonly aim: string; readonly content: string } | undefined> {
	const [newest] = globSync("*.png", { cwd: folder })
		.map((name) => join(folder, name))
		.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
	if (newest === undefined) return undefined;
	const { format, aim } = kinds[kind];
	prepareZXingModule({ overrides: { wasmBinary: wasm() } });
	const [found] = await readBarcodes(readFileSync(newest), { formats: [format], maxNumberOfSymbols: 1 });
	return found && { aim, content: Buffer.from(found.bytes).toString("latin1") };
}

/** From the package itself: left alone it would be fetched from a server. */
function wasm(): ArrayBuffer {
	const file = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
	return new Uint8Array(readFileSync(file)).buffer;
}
