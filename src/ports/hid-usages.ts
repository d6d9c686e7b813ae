/** What a top-level collection of a HID device is for: a usage page and a usage, as in `UsbMark`. */
export type HidUsage = { readonly usagePage: number; readonly usage: number };

/** Items of a report descriptor that matter here (HID 1.11, 6.2.2): type and tag, without the size bits. */
const items = { usagePage: 0x04, push: 0xa4, pop: 0xb4, usage: 0x08, collection: 0xa0, endCollection: 0xc0 };
const longItem = 0xfe;

/** A device with more is told by its first ones. */
const mostCollections = 16;

/** What the top-level collections of a report descriptor are for, in order. Any bytes are read as far as they make sense. */
export function hidUsages(descriptor: Uint8Array): readonly HidUsage[] {
	const usages: HidUsage[] = [];
	const pages: number[] = [];
	let [page, depth] = [0, 0];
	let local: { value: number; size: number } | undefined;
	for (const { tag, value, size } of itemsOf(descriptor)) {
		if (tag === items.usagePage) page = value & 0xffff;
		else if (tag === items.push) pages.push(page);
		else if (tag === items.pop) page = pages.pop() ?? page;
		// Of several usages the first counts.
		else if (tag === items.usage) local ??= { value, size };
		else if (isMain(tag)) {
			if (tag === items.collection && depth === 0 && local !== undefined) {
				// A usage of four bytes brings its own page.
				const usagePage = local.size === 4 ? local.value >>> 16 : page;
				usages.push(Object.freeze({ usagePage, usage: local.value & 0xffff }));
			}
			if (tag === items.collection) depth += 1;
			if (tag === items.endCollection) depth = Math.max(0, depth - 1);
			local = undefined;
		}
		if (usages.length === mostCollections) break;
	}
	return usages;
}

/** Main items end what the local ones before them said. */
const isMain = (tag: number) => (tag & 0x0c) === 0;

function* itemsOf(bytes: Uint8Array): Generator<{ tag: number; value: number; size: number }> {
	for (let at = 0; at < bytes.length; ) {
		const prefix = bytes[at] ?? 0;
		if (prefix === longItem) {
			at += 3 + (bytes[at + 1] ?? 0);
			continue;
		}
		const size = [0, 1, 2, 4][prefix & 3] ?? 0;
		let value = 0;
		for (let index = size; index > 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0);
		yield { tag: prefix & 0xfc, value, size };
		at += 1 + size;
	}
}
