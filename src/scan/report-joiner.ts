import type { Discarded, Read } from "../model/read.ts";
import type { Symbology } from "../model/scan.ts";
import type { LineCut } from "./cutter.ts";

/** What one input report of a HID device says. */
export type Report =
	/** Data of a code: all of it or a piece. */
	| {
			readonly kind: "piece";
			/** All pieces of one code have the same. */
			readonly key: string;
			readonly data: Uint8Array;
			/** Where the report tells it; that of the last piece counts. */
			readonly symbology?: Symbology;
			readonly eci?: true;
			/** Whether the next report goes on with the code; undefined when this one does not say. */
			readonly goesOn: boolean | undefined;
	  }
	/** No code, but one of the reports in which codes come: a code that is coming may have lost a piece here. */
	| { readonly kind: "broken"; readonly key: string; readonly goesOn: boolean | undefined }
	/** What the scanner answers to a command. */
	| { readonly kind: "reply" }
	/** Another of the device's reports. */
	| { readonly kind: "other" };

type Piece = Extract<Report, { kind: "piece" }>;
type Broken = Extract<Report, { kind: "broken" }>;

/** A code whose end has not come yet. */
type Coming = {
	readonly key: string;
	/** What is kept of its data; nothing any more when it is `lost`. */
	pieces: Uint8Array[];
	/** Bytes of its data that were not told as discarded yet. */
	length: number;
	kind: Pick<Read, "symbology" | "eci">;
	/** Whether the last report did not say that another follows: then silence is its end. */
	mayBeWhole: boolean;
	/** Why it will be no read, once its last report is there. */
	lost: "too-long" | "unfinished" | undefined;
};

/** Joins reports to codes; it knows no time, a pause is told to it. Keeps at most `mostBytes` and a suffix of data. */
export class ReportJoiner {
	readonly #read: (report: Uint8Array) => Report;
	/** What stands behind every code and is taken off, longest first. */
	readonly #suffixes: readonly (readonly number[])[];
	readonly #mostBytes: number;
	readonly #tell: (cut: LineCut) => void;
	#coming: Coming | undefined;

	constructor(
		read: (report: Uint8Array) => Report,
		suffixes: readonly (readonly number[])[],
		mostBytes: number,
		tell: (cut: LineCut) => void,
	) {
		this.#read = read;
		this.#suffixes = suffixes.toSorted((one, other) => other.length - one.length);
		this.#mostBytes = mostBytes;
		this.#tell = tell;
	}

	/** Whether a pause would end something. */
	get isWaiting(): boolean {
		return this.#coming !== undefined;
	}

	/** Takes one report; false when it has nothing to do with a code that may be coming. */
	take(bytes: Uint8Array): boolean {
		const report = this.#read(bytes);
		if (report.kind === "reply") return false;
		if (report.kind === "piece") this.#add(report);
		else this.#tell({ kind: "discarded", length: bytes.length, why: "not-a-read" });
		if (report.kind === "broken") this.#lose(report);
		return report.kind !== "other";
	}

	/** Nothing has come for a while: what has come by then is whole, or never will be. */
	pause(): void {
		if (this.#coming?.mayBeWhole === true) this.#finish(this.#coming);
		else this.#drop();
	}

	/** Nothing will come any more. Half a code is never a read, and this may be half of one. */
	end(): void {
		this.#drop();
	}

	#add({ key, data, symbology, eci, goesOn }: Piece): void {
		const coming = this.#comingUnder(key);
		coming.length += data.length;
		if (coming.length > this.#longest && coming.lost === undefined) {
			coming.lost = "too-long";
			coming.pieces = [];
			// Told while it lasts, so that it shows even when no end comes; the rest is told at its end.
			this.#discard(coming.length, "too-long");
			coming.length = 0;
		}
		if (coming.lost === undefined && data.length > 0) coming.pieces.push(data);
		coming.kind = { ...(symbology && { symbology }), ...(eci && { eci }) };
		coming.mayBeWhole = goesOn === undefined;
		if (goesOn === false || (goesOn === undefined && this.#suffixIn(data) > 0)) this.#finish(coming);
	}

	/** Another key means that the rest of what was coming will not come. */
	#comingUnder(key: string): Coming {
		if (this.#coming?.key !== key) this.#drop();
		const fresh = { pieces: [], length: 0, kind: {}, mayBeWhole: false, lost: undefined };
		this.#coming ??= { key, ...fresh };
		return this.#coming;
	}

	/** A code lacks the data of a broken report, so what follows up to its last report is no read either. */
	#lose({ key, goesOn }: Broken): void {
		if (this.#coming === undefined && goesOn !== true) return;
		const coming = this.#comingUnder(key);
		coming.lost ??= "unfinished";
		coming.pieces = [];
		coming.mayBeWhole = false;
		if (goesOn === false) this.#drop();
	}

	#finish(coming: Coming): void {
		if (coming.lost !== undefined) {
			this.#drop();
			return;
		}
		this.#coming = undefined;
		const joined = Buffer.concat(coming.pieces);
		const bytes = Uint8Array.from(joined.subarray(0, joined.length - this.#suffixIn(joined)));
		if (bytes.length > this.#mostBytes) this.#discard(bytes.length, "too-long");
		else if (bytes.length > 0) this.#tell({ kind: "frame", bytes, ...coming.kind });
	}

	#drop(): void {
		const { length, lost } = this.#coming ?? { length: 0, lost: undefined };
		this.#coming = undefined;
		if (length > 0) this.#discard(length, lost ?? "unfinished");
	}

	#discard(length: number, why: Discarded["why"]): void {
		this.#tell({ kind: "discarded", length, why });
	}

	/** Bytes of a code and its suffix. */
	get #longest(): number {
		return this.#mostBytes + (this.#suffixes[0]?.length ?? 0);
	}

	/** How many bytes at the end are a suffix. */
	#suffixIn(data: Uint8Array): number {
		const suffix = this.#suffixes.find((marks) =>
			marks.every((byte, index) => data[data.length - marks.length + index] === byte),
		);
		return suffix?.length ?? 0;
	}
}
