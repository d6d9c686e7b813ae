import { unzipped } from "../cli/workbook.ts";

/** A secret that is dyed so that nothing else on the machine looks like it. */
export type Canary = {
	readonly name: string;
	readonly secret: string;
	/** Whether only all of it is one, because parts of it are known to everybody. */
	readonly isWhole?: boolean;
};

/** What was written somewhere: the place, and its bytes. */
export type Writing = { readonly place: string; readonly bytes: Uint8Array };

/**
 * Every canary that is in a writing, in clear or in a dress that programs put on such things by themselves: base64,
 * hexadecimal, UTF-16, percent signs, escapes, a dumped buffer; whole, or half of it. Also inside of archives.
 */
export function escapedCanaries(canaries: readonly Canary[], writings: readonly Writing[]): string[] {
	const hunted = canaries.flatMap(({ name, secret, isWhole = false }) =>
		dressesOf(secret, isWhole).map(({ dress, look }) => ({ what: `${name} (${dress})`, look })),
	);
	const found = writings.flatMap(unpacked).flatMap(({ place, bytes }) => {
		const exact = Buffer.from(bytes).toString("latin1");
		const text = { exact, small: exact.toLowerCase() };
		return hunted.filter(({ look }) => look(text)).map(({ what }) => `${what} in ${place}`);
	});
	return [...new Set(found)];
}

type Text = { readonly exact: string; readonly small: string };
type Dress = { readonly dress: string; readonly look: (text: Text) => boolean };

function dressesOf(secret: string, isWhole: boolean): Dress[] {
	const bytes = Buffer.from(secret);
	const wide = Buffer.from(secret, "utf16le");
	const inSmall = (dress: string, needle: string): Dress => {
		const small = needle.toLowerCase();
		return { dress, look: (text) => text.small.includes(small) };
	};
	return [
		...(isWhole ? [secret] : piecesOf(secret)).map((piece) =>
			inSmall(`${piece.length} characters of it`, latin(Buffer.from(piece))),
		),
		...base64Of(bytes).map((needle) => ({
			dress: "base64",
			look: ({ exact }: Text) => exact.includes(needle),
		})),
		inSmall("hexadecimal", bytes.toString("hex")),
		inSmall("a dumped buffer", bytes.toString("hex").replace(/..(?=.)/g, "$& ")),
		...[",", ", "].map((comma) => inSmall("a list of bytes", [...bytes].join(comma))),
		inSmall("UTF-16LE", latin(wide)),
		inSmall("UTF-16BE", latin(Buffer.from(wide).swap16())),
		inSmall("percent signs", bytes.toString("hex").replace(/../g, "%$&")),
		inSmall("a URL", encodeURIComponent(secret)),
		inSmall("escapes", wide.swap16().toString("hex").replace(/..../g, "\\u$&")),
		inSmall("backwards", [...secret].reverse().join("")),
	];
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** Halves of what is long; of a card number all but its last or first three digits, since four are shown openly. */
function piecesOf(secret: string): string[] {
	const { length } = secret;
	const most = length >= 16 ? Math.floor(length / 2) : length >= 11 ? length - 3 : length;
	return [secret, secret.slice(0, most), secret.slice(length - most)].filter(
		(piece, index, all) => all.indexOf(piece) === index,
	);
}

/** However it lies in a longer text: three ways, without the letters that depend on what is beside it. */
function base64Of(bytes: Buffer): string[] {
	const found = [0, 1, 2].flatMap((before) => {
		const whole = Buffer.concat([Buffer.alloc(before), bytes])
			.toString("base64")
			.replace(/=+$/, "");
		const tail = (before + bytes.length) % 3 === 0 ? undefined : -1;
		const needle = whole.slice(Math.ceil((before * 8) / 6), tail);
		return [needle, needle.replaceAll("+", "-").replaceAll("/", "_")];
	});
	// Of six characters in the least happy place seven are left.
	return [...new Set(found)].filter(({ length }) => length >= 7);
}

/** An archive, as workbooks are, with its files one by one. */
function unpacked({ place, bytes }: Writing): Writing[] {
	const archive = Buffer.from(bytes);
	const files = archive.toString("latin1", 0, 4) === "PK\x03\x04" ? [...unzipped(archive)] : [];
	return [
		{ place, bytes },
		...files.map(([name, content]) => ({ place: `${place}: ${name}`, bytes: Buffer.from(content) })),
	];
}
