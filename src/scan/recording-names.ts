/** `0A length`, `FD 73 checksum`, `00*32 padding`: bytes, then words. */
const form =
	/^(?<bytes>[0-9A-F]{2}(?:\*[1-9][0-9]{0,4})?(?: [0-9A-F]{2}(?:\*[1-9][0-9]{0,4})?)*) (?<words>\S.*)$/;

/** Whether the names spell these bytes, all of them and in order. */
export function isSpelled(names: readonly string[], bytes: Uint8Array): boolean {
	let at = 0;
	for (const name of names) {
		const spelled = form.exec(name)?.groups?.bytes;
		if (spelled === undefined) return false;
		for (const run of spelled.split(" ")) {
			const byte = Number.parseInt(run.slice(0, 2), 16);
			const end = at + Number(run.slice(3) || 1);
			// Beyond the last byte there is nothing, and that is no byte.
			for (; at < end; at += 1) if (bytes[at] !== byte) return false;
		}
	}
	return at === bytes.length;
}
