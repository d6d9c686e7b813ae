type Words = { readonly values: number[]; readonly text: string };
type CodeSet = "A" | "B" | "C";

const starts: Readonly<Record<CodeSet, number>> = { A: 103, B: 104, C: 105 };
const switches: Readonly<Record<CodeSet, number>> = { A: 101, B: 100, C: 99 };
const functions: Readonly<Record<string, number>> = { "1": 102, "2": 97, "3": 96 };

/**
 * Symbol values of the data of GS k 73: `{A` `{B` `{C` choose the set, `{{` is a brace, `{1` to `{3` are FNC.
 * Undefined when the data is not as that command wants it.
 */
export function code128Words(data: Uint8Array): Words | undefined {
	let set: CodeSet | undefined;
	const words = { values: [] as number[], text: "" };
	for (let at = 0; at < data.length; at++) {
		const escaped = data[at] === 0x7b ? String.fromCharCode(data[++at] ?? 0) : "";
		const next = codeSet(escaped);
		if (next !== undefined && next !== set)
			words.values.push(set === undefined ? starts[next] : switches[next]);
		set = next ?? set;
		if (next !== undefined) continue;
		const isData = escaped === "" || escaped === "{";
		const value = isData ? valueIn(set, data[at] ?? 0) : functions[escaped];
		if (set === undefined || value === undefined) return undefined;
		words.values.push(value);
		if (isData)
			words.text += set === "C" ? String(value).padStart(2, "0") : String.fromCharCode(data[at] ?? 0);
	}
	return words;
}

function codeSet(letter: string): CodeSet | undefined {
	return letter === "A" || letter === "B" || letter === "C" ? letter : undefined;
}

function valueIn(set: CodeSet | undefined, byte: number): number | undefined {
	if (set === "C") return byte <= 99 ? byte : undefined;
	if (set === "A" && byte < 0x20) return byte + 64;
	const last = set === "A" ? 0x5f : 0x7f;
	return byte >= 0x20 && byte <= last ? byte - 0x20 : undefined;
}
