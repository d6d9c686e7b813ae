/** One short item of a HID report descriptor: its type and tag as in the upper six bits of its first byte. */
export type ReportItem = {
	readonly tag: number;
	/** Its data as an unsigned number; 0 when it has none. */
	readonly value: number;
	/** How many bytes of data it has: 0, 1, 2 or 4. */
	readonly size: number;
};

/** The longest descriptor that Linux hands out (HID_MAX_DESCRIPTOR_SIZE). */
const mostDescriptorBytes = 4_096;

/** First byte of a long item. The specification defines none, so they are passed over (HID 1.11, 6.2.2.3). */
const longItem = 0xfe;

/**
 * The short items of a report descriptor in their order (HID 1.11, 6.2.2.2); undefined when it ends in the middle
 * of one or is longer than 4096 bytes.
 */
export function reportItems(descriptor: Uint8Array): ReportItem[] | undefined {
	if (descriptor.length > mostDescriptorBytes) return undefined;
	const items: ReportItem[] = [];
	let at = 0;
	while (at < descriptor.length) {
		const first = descriptor[at] ?? 0;
		const isLong = first === longItem;
		const size = isLong ? (descriptor[at + 1] ?? descriptor.length) : dataBytes(first);
		const data = at + (isLong ? 3 : 1);
		if (data + size > descriptor.length) return undefined;
		if (!isLong) items.push({ tag: first & 0xfc, value: littleEndian(descriptor, data, size), size });
		at = data + size;
	}
	return items;
}

/** The lower two bits: 3 means four bytes. */
function dataBytes(first: number): number {
	const size = first & 0x03;
	return size === 3 ? 4 : size;
}

function littleEndian(bytes: Uint8Array, from: number, size: number): number {
	let value = 0;
	for (let index = size - 1; index >= 0; index -= 1) value = value * 256 + (bytes[from + index] ?? 0);
	return value;
}
