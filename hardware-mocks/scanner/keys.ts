import iconv from "iconv-lite";
import { type Key, russianKeys, usKeys } from "./keys-tables.ts";

/** How a scanner in keyboard mode is set. */
export type WedgeSettings = {
	/** The country keyboard; `us` when left out. */
	readonly keyboard?: "us" | "ru";
	/** How GS and other control characters without a key are typed: as Ctrl and a key when left out. */
	readonly controls?: "ctrl" | "alt" | "drop";
	/** Types every character by its number, with the leading zero or without; only those without a key when left out. */
	readonly alt?: "ansi" | "oem";
	/** The report id in front of every report; none when left out. */
	readonly reportId?: 1;
	/** How many keys go down, one to six, before all are let go; one when left out. */
	readonly atOnce?: number;
};

/** Keys that go down together while the modifiers are held, or a number typed on the keypad while Alt is held. */
type Stroke = { readonly modifiers: number; readonly usages: readonly number[] } | { readonly code: string };

const [leftCtrl, leftShift, leftAlt] = [0x01, 0x02, 0x04];
const keypadDigits = [0x62, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x61];

/** Control characters that Ctrl makes of keys other than letters: NUL of 2, ESC [, FS \, GS ], RS 6, US -. */
const controlKeys: Readonly<Record<number, number>> = {
	0: 0x1f,
	27: 0x2f,
	28: 0x31,
	29: 0x30,
	30: 0x23,
	31: 0x2d,
};

/** The input reports of a scanner that types this text and then the end, by default Enter. */
export function typedReports(text: string, settings: WedgeSettings = {}, end = "\r"): Uint8Array[] {
	const strokes = [...(text + end)].flatMap((character) => strokeOf(character, settings));
	return joined(strokes, settings.atOnce ?? 1).flatMap((stroke) => reportsOf(stroke, settings.reportId));
}

/** The input report of these keys, held with these modifiers. */
export function keyReport(modifiers: number, usages: readonly number[], reportId?: 1): Uint8Array {
	const keys = [...usages, 0, 0, 0, 0, 0, 0].slice(0, 6);
	return Uint8Array.from([...(reportId === undefined ? [] : [reportId]), modifiers, 0x00, ...keys]);
}

function strokeOf(character: string, { keyboard = "us", controls = "ctrl", alt }: WedgeSettings): Stroke[] {
	if (alt !== undefined) return [{ code: numberOf(character, alt) }];
	const key = (keyboard === "ru" ? russianKeys : usKeys).get(character);
	if (key !== undefined) return [strokeOfKey(key)];
	const code = character.charCodeAt(0);
	if (code >= 0x20 || controls === "alt") return [{ code: numberOf(character, "ansi") }];
	if (controls === "drop") return [];
	return [{ modifiers: leftCtrl, usages: [controlKeys[code] ?? 0x03 + code] }];
}

function strokeOfKey({ usage, shifted }: Key): Stroke {
	return { modifiers: shifted ? leftShift : 0, usages: [usage] };
}

/** The digits of an ALT code: of the ANSI page three behind a zero, of the OEM page as few as it takes. */
function numberOf(character: string, page: "ansi" | "oem"): string {
	const [byte = 0] = iconv.encode(character, page === "ansi" ? "win1251" : "cp866");
	return page === "ansi" ? `0${byte.toString().padStart(3, "0")}` : byte.toString();
}

/** Puts strokes of the same modifiers together while their keys differ and a report has room for them. */
function joined(strokes: readonly Stroke[], atOnce: number): Stroke[] {
	const all: Stroke[] = [];
	for (const stroke of strokes) {
		const before = all.at(-1);
		const together = before !== undefined && inOne(before, stroke);
		if (together && together.usages.length <= atOnce) all[all.length - 1] = together;
		else all.push(stroke);
	}
	return all;
}

function inOne(one: Stroke, other: Stroke) {
	if ("code" in one || "code" in other || one.modifiers !== other.modifiers) return undefined;
	const usages = [...one.usages, ...other.usages];
	return new Set(usages).size === usages.length ? { modifiers: one.modifiers, usages } : undefined;
}

/** What goes down, and then nothing; within an ALT code Alt stays down from the first digit to the last. */
function reportsOf(stroke: Stroke, reportId: 1 | undefined): Uint8Array[] {
	const up = keyReport(0, [], reportId);
	if (!("code" in stroke)) return [keyReport(stroke.modifiers, stroke.usages, reportId), up];
	const onlyAlt = keyReport(leftAlt, [], reportId);
	const digits = [...stroke.code].flatMap((digit) => [
		keyReport(leftAlt, [keypadDigits[Number(digit)] ?? 0], reportId),
		onlyAlt,
	]);
	return [onlyAlt, ...digits, up];
}
