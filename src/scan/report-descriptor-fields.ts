import { type ReportItem, reportItems } from "./report-descriptor-items.ts";

/** A range of usages, each with its page in the upper 16 bits. */
type UsageRange = { readonly from: number; readonly to: number };

/** One Input item of a descriptor: fields of one size, one behind the other. */
export type InputFields = {
	/** Null when no report of the device has an id. */
	readonly reportId: number | null;
	/** Of the first field, in bits from the report's first byte, the id included. */
	readonly bit: number;
	/** Of one field, in bits. */
	readonly size: number;
	readonly count: number;
	/** What the fields mean in their order; the last usage is that of all fields that are left (HID 1.11, 6.2.2.8). */
	readonly usages: readonly UsageRange[];
};

/** Tags of the items that matter here: type and tag of HID 1.11, 6.2.2.4, 6.2.2.7 and 6.2.2.8. */
const tag = {
	input: 0x80,
	output: 0x90,
	feature: 0xb0,
	collection: 0xa0,
	endCollection: 0xc0,
	usagePage: 0x04,
	reportSize: 0x74,
	reportId: 0x84,
	reportCount: 0x94,
	push: 0xa4,
	pop: 0xb4,
	usage: 0x08,
	usageMinimum: 0x18,
	usageMaximum: 0x28,
} as const;

/** No report of a device is longer: Linux takes at most 16384 bytes (HID_MAX_BUFFER_SIZE). */
const mostReportBits = 8 * 16_384;
/** A stack of saved states, or collections, deeper than this is an attack. */
const mostDepth = 64;

type Globals = {
	readonly page: number;
	readonly size: number;
	readonly count: number;
	readonly reportId: number;
};

/** A usage as written: with a page of its own only when it has four bytes. */
type Usage = { readonly value: number; readonly hasPage: boolean };

/** Reads items in their order; false from any of its steps means that the descriptor makes no sense. */
class FieldReader {
	readonly fields: InputFields[] = [];
	/** Of input reports, how many bits are taken, by report id. */
	readonly #taken = new Map<number, number>();
	readonly #saved: Globals[] = [];
	#globals: Globals = { page: 0, size: 0, count: 0, reportId: 0 };
	#usages: { readonly from: Usage; readonly to: Usage }[] = [];
	#minimum: Usage | undefined;
	#depth = 0;

	get isClosed(): boolean {
		return this.#depth === 0;
	}

	read({ tag: what, value, size }: ReportItem): boolean {
		switch (what) {
			case tag.usagePage:
				return this.#set({ page: value }, value <= 0xffff);
			case tag.reportSize:
				return this.#set({ size: value }, value <= mostReportBits);
			case tag.reportCount:
				return this.#set({ count: value }, value <= mostReportBits);
			case tag.reportId:
				return this.#set({ reportId: value }, value >= 1 && value <= 255);
			case tag.push:
				return this.#saved.push(this.#globals) <= mostDepth;
			case tag.pop:
				return this.#pop();
			case tag.usage:
			case tag.usageMinimum:
			case tag.usageMaximum:
				this.#takeUsage(what, { value, hasPage: size === 4 });
				return true;
			default:
				return this.#readMain(what, value);
		}
	}

	#readMain(what: number, value: number): boolean {
		let isGood = true;
		if (what === tag.input) isGood = this.#input(value);
		else if (what === tag.collection) isGood = ++this.#depth <= mostDepth;
		else if (what === tag.endCollection) isGood = --this.#depth >= 0;
		else if (what !== tag.output && what !== tag.feature) return true;
		// Local items describe the next main item and no other.
		this.#usages = [];
		this.#minimum = undefined;
		return isGood;
	}

	#set(change: Partial<Globals>, isGood: boolean): boolean {
		this.#globals = { ...this.#globals, ...change };
		return isGood;
	}

	#pop(): boolean {
		const saved = this.#saved.pop();
		this.#globals = saved ?? this.#globals;
		return saved !== undefined;
	}

	#takeUsage(what: number, usage: Usage): void {
		if (what === tag.usageMinimum) this.#minimum = usage;
		else if (what === tag.usage) this.#usages.push({ from: usage, to: usage });
		else if (this.#minimum !== undefined) {
			this.#usages.push({ from: this.#minimum, to: usage });
			this.#minimum = undefined;
		}
	}

	#input(flags: number): boolean {
		const { size, count, reportId } = this.#globals;
		const taken = this.#taken.get(reportId) ?? 0;
		const end = taken + size * count;
		if (end > mostReportBits) return false;
		this.#taken.set(reportId, end);
		const isConstant = (flags & 1) === 1;
		const usages = this.#usages
			.map(({ from, to }) => ({ from: this.#inFull(from), to: this.#inFull(to) }))
			.filter(({ from, to }) => from <= to);
		if (isConstant || usages.length === 0 || size === 0 || count === 0) return true;
		const hasId = reportId > 0;
		this.fields.push({
			reportId: hasId ? reportId : null,
			bit: taken + (hasId ? 8 : 0),
			size,
			count,
			usages,
		});
		return true;
	}

	/** A usage without a page is of the page that is in force at the main item (HID 1.11, 6.2.2.8). */
	#inFull({ value, hasPage }: Usage): number {
		return hasPage ? value : this.#globals.page * 0x1_0000 + value;
	}
}

/** What the input reports of a device are made of; undefined when the descriptor is none. Never throws. */
export function inputFields(descriptor: Uint8Array): InputFields[] | undefined {
	const reader = new FieldReader();
	const items = reportItems(descriptor);
	if (items === undefined || !items.every((item) => reader.read(item)) || !reader.isClosed) return undefined;
	return reader.fields;
}
