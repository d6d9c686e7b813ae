import type { Piece } from "./recording.ts";
import type { Veil } from "./recording-veil.ts";

/** Key codes (USB HID usage page 07) of letters, of the digits above them, and of those on the keypad. */
const groups: readonly (readonly [number, number])[] = [
	[0x04, 0x1d],
	[0x1e, 0x27],
	[0x59, 0x62],
];
const [keys, shift] = [6, 0x22];

/**
 * What a typing scanner said in one read: boot keyboard reports, some with a report id in front. The keys of letters
 * and digits become others; Shift, Enter and punctuation stay. A character that is typed by its number (ALT and the
 * keypad) becomes any other.
 */
export function redactedKeys(said: readonly Piece[], veil: Veil): Piece[] {
	const typed = redactedReports(
		said.filter(({ bytes }) => isKeyReport(bytes)),
		veil,
	).values();
	return said.map((piece) => {
		const { atMs, from, bytes } = piece;
		return isKeyReport(bytes) ? (typed.next().value ?? piece) : { atMs, from, bytes: veil.hide(bytes, 0) };
	});
}

function redactedReports(reports: readonly Piece[], veil: Veil): Piece[] {
	const typed = reports.flatMap(({ bytes }, index) => pressed(bytes, reports[index - 1]?.bytes));
	const keep = veil.leading(Uint8Array.from(typed, ({ character }) => character));
	const content = Buffer.concat(reports.map(({ bytes }) => bytes));
	// Twice as many as could be pressed: a number that will not do is passed over.
	const drawn = [...veil.numbers(content, reports.length * keys * 2)];
	let count = 0;
	let held = new Map<number, number>();
	return reports.map(({ atMs, from, bytes }) => {
		const now = new Map<number, number>();
		for (const code of codesOf(bytes)) {
			const before = held.get(code);
			if (before === undefined) count += 1;
			// A key that follows at once must be another one, or it would seem to be held.
			const taken = [...held.values(), ...now.values()];
			now.set(code, before ?? (count <= keep ? code : otherKey(code, drawn, taken)));
		}
		held = now;
		return {
			atMs,
			from,
			bytes: bytes.map((byte, at) => (at < keysFrom(bytes) ? byte : (now.get(byte) ?? byte))),
		};
	});
}

function otherKey(code: number, drawn: number[], taken: readonly number[]): number {
	const [least, most] = groups.find(([least, most]) => code >= least && code <= most) ?? [code, code];
	const candidates = Array.from({ length: most - least + 1 }, (_, index) => least + index);
	const free = candidates.filter((key) => !taken.includes(key));
	return free[(drawn.shift() ?? 0) % free.length] ?? code;
}

function isKeyReport({ length }: Uint8Array): boolean {
	return length === 8 || length === 9;
}

function keysFrom(report: Uint8Array): number {
	return report.length > 8 ? 3 : 2;
}

function codesOf(report: Uint8Array): number[] {
	return [...report.subarray(keysFrom(report), keysFrom(report) + keys)].filter((code) => code > 3);
}

/** The keys that were not down in the report before, as characters of a US keyboard; 0 where that is no matter. */
function pressed(report: Uint8Array, before: Uint8Array | undefined): { character: number }[] {
	const down = before === undefined ? [] : codesOf(before);
	const isShifted = ((report[keysFrom(report) - 2] ?? 0) & shift) !== 0;
	return codesOf(report)
		.filter((code) => !down.includes(code))
		.map((code) => ({ character: characterOf(code, isShifted) }));
}

function characterOf(code: number, isShifted: boolean): number {
	if (code <= 0x1d) return code - 0x04 + (isShifted ? 0x41 : 0x61);
	if (code <= 0x27 && !isShifted) return 0x30 + ((code - 0x1d) % 10);
	return code === 0x30 && !isShifted ? 0x5d : 0;
}
