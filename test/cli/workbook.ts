import { inflateRawSync } from "node:zlib";

/** A cell as Excel takes it: text, or a number with the format in which it is shown. */
type Read = string | { readonly number: number; readonly format: string };

/** Opens a workbook as Excel does; each sheet is its cells by their names, such as `B2`. */
export function sheetsOf(archive: Buffer): Map<string, Map<string, Read>> {
	const files = unzipped(archive);
	const file = (name: string) => files.get(`xl/${name}`) ?? "";
	const strings = matches(file("sharedStrings.xml"), /<si>(.*?)<\/si>/gs).map(([, item = ""]) =>
		matches(item, /<t[^>]*>(.*?)<\/t>/gs)
			.map(([, text = ""]) => plain(text))
			.join(""),
	);
	const names = matches(file("workbook.xml"), /<sheet [^>]*name="([^"]*)"/g).map(([, name = ""]) =>
		plain(name),
	);
	const format = formatsOf(file("styles.xml"));
	return new Map(
		names.map((name, index) => {
			const cells = matches(
				file(`worksheets/sheet${index + 1}.xml`),
				/<c r="(\w+)"([^>]*)><v>(.*?)<\/v><\/c>/gs,
			);
			return [
				name,
				new Map(
					cells.map(([, at = "", facts = "", value = ""]): [string, Read] => {
						if (facts.includes('t="s"')) return [at, strings[Number(value)] ?? ""];
						return [at, { number: Number(value), format: format(Number(/s="(\d+)"/.exec(facts)?.[1] ?? 0)) }];
					}),
				),
			];
		}),
	);
}

/** The format of a style (ECMA-376 18.8). */
function formatsOf(styles: string): (style: number) => string {
	const own = matches(styles, /<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g);
	const codes = new Map(own.map(([, id = "", code = ""]) => [id, plain(code)]));
	const [, used = ""] = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles) ?? [];
	const ids = matches(used, /<xf [^>]*numFmtId="(\d+)"|<xf /g).map(([, id = "0"]) => id);
	return (style) => codes.get(ids[style] ?? "") ?? "General";
}

/** Files of a ZIP archive by its central directory (APPNOTE.TXT 4.3.12). */
export function unzipped(archive: Buffer): Map<string, string> {
	const files = new Map<string, string>();
	const end = archive.lastIndexOf("PK\x05\x06", undefined, "latin1");
	let at = archive.readUInt32LE(end + 16);
	for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
		const [size, nameLength] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
		const local = archive.readUInt32LE(at + 42);
		const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
		const bytes = archive.subarray(from, from + size);
		const content = archive.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
		files.set(archive.toString("utf8", at + 46, at + 46 + nameLength), content.toString("utf8"));
		at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
	}
	return files;
}

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)];
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (xml: string) =>
	xml.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? "");
