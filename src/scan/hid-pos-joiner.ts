import type { HidPosLayout } from "../model/device.ts";
import type { Discarded, Read } from "../model/read.ts";
import { symbologyOfAim } from "./aim.ts";
import type { LineCut } from "./cutter.ts";
import { type HidPosReport, hidPosReport } from "./hid-pos-report.ts";

/** A code whose end has not come yet. */
type Coming = {
	readonly aim: string;
	/** What is kept of its data; nothing any more when it is `lost`. */
	pieces: Uint8Array[];
	/** Bytes of its data that were not told as discarded yet. */
	length: number;
	/** Whether the last report did not say that another follows: then silence is its end. */
	mayBeWhole: boolean;
	/** Why it will be no read, once its last report is there. */
	lost: "too-long" | "unfinished" | undefined;
};

type Piece = Extract<HidPosReport, { kind: "piece" }>;
type Broken = Extract<HidPosReport, { kind: "broken" }>;

/** Joins HID POS reports to codes; it knows no time, a pause is told to it. Keeps at most `mostBytes` of data. */
export class HidPosJoiner {
	readonly #layout: HidPosLayout;
	/** Longest first. */
	readonly #suffixes: readonly (readonly number[])[];
	readonly #mostBytes: number;
	readonly #tell: (cut: LineCut) => void;
	#coming: Coming | undefined;

	constructor(layout: HidPosLayout, mostBytes: number, tell: (cut: LineCut) => void) {
		this.#layout = layout;
		this.#suffixes = (layout.suffixes ?? []).toSorted((one, other) => other.length - one.length);
		this.#mostBytes = mostBytes;
		this.#tell = tell;
	}

	/** Whether a pause would end something. */
	get isWaiting(): boolean {
		return this.#coming !== undefined;
	}

	/** Takes one report; false when it has nothing to do with a code that may be coming. */
	take(bytes: Uint8Array): boolean {
		const report = hidPosReport(this.#layout, bytes);
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

	#add({ aim, data, goesOn }: Piece): void {
		const coming = this.#comingUnder(aim);
		coming.length += data.length;
		if (coming.length > this.#longest && coming.lost === undefined) {
			coming.lost = "too-long";
			coming.pieces = [];
			// Told while it lasts, so that it shows even when no end comes; the rest is told at its end.
			this.#discard(coming.length, "too-long");
			coming.length = 0;
		}
		if (coming.lost === undefined && data.length > 0) coming.pieces.push(data);
		coming.mayBeWhole = goesOn === undefined;
		if (goesOn === false || (goesOn === undefined && this.#suffixIn(data) > 0)) this.#finish(coming);
	}

	/** All reports of one code carry the same AIM identifier: another one means that the rest will not come. */
	#comingUnder(aim: string): Coming {
		if (this.#coming?.aim !== aim) this.#drop();
		this.#coming ??= { aim, pieces: [], length: 0, mayBeWhole: false, lost: undefined };
		return this.#coming;
	}

	/** A code lacks the data of a broken report, so what follows up to its last report is no read either. */
	#lose({ aim, goesOn }: Broken): void {
		if (this.#coming === undefined && goesOn !== true) return;
		const coming = this.#comingUnder(aim);
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
		else if (bytes.length > 0) this.#tell({ kind: "frame", ...readOf(coming.aim, bytes) });
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

function readOf(aim: string, bytes: Uint8Array): Read {
	return aim === "" ? { bytes } : { bytes, symbology: symbologyOfAim(aim.charAt(1), aim.charAt(2)) };
}
