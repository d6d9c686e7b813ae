import fc from "fast-check";
import { from, lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import { keyReads$ } from "../../src/scan/keys.ts";
import type { Piece } from "../../src/scan/recording.ts";
import { redactedKeys } from "../../src/scan/recording-redact-keys.ts";
import { veilOf } from "../../src/scan/recording-veil.ts";

const card = "778067305918246ZQ7xW9518";
const veil = veilOf(new Uint8Array(32).fill(7), { codeIds: null, prefixes: ["77"] });
const shifted = { "]": 0x30, "-": 0x2d, "\r": 0x28 } as const;

/** Shift and key code of a character on a US keyboard. */
function keyOf(character: string): { shift: number; code: number } {
	const code = character.charCodeAt(0);
	if (/[a-z]/.test(character)) return { shift: 0, code: code - 0x61 + 4 };
	if (/[A-Z]/.test(character)) return { shift: 2, code: code - 0x41 + 4 };
	if (/[1-9]/.test(character)) return { shift: 0, code: code - 0x31 + 0x1e };
	return { shift: 0, code: character === "0" ? 0x27 : shifted[character as keyof typeof shifted] };
}

/** Reports of a text: each key let go before the next one is pressed, as it is pressed (`jumps`), or only afterwards. */
function typed(text: string, { rolls = false, jumps = false, id = [] as number[] } = {}): Piece[] {
	let held = 0;
	const reports = [...text].flatMap((character) => {
		const { shift, code } = keyOf(character);
		const lets = rolls && held !== code ? [[shift, 0, held, code, 0, 0, 0, 0]] : [];
		const free = rolls && held === code ? [[0, 0, 0, 0, 0, 0, 0, 0]] : [];
		const down = [shift, 0, code, 0, 0, 0, 0, 0];
		const isAgain = held === code;
		held = code;
		if (jumps) return isAgain ? [[0, 0, 0, 0, 0, 0, 0, 0], down] : [down];
		return rolls ? [...free, ...lets, down] : [down, [0, 0, 0, 0, 0, 0, 0, 0]];
	});
	return reports.map((bytes, atMs) => ({ atMs, from: "scanner", bytes: Uint8Array.of(...id, ...bytes) }));
}

async function textOf(pieces: readonly Piece[]): Promise<string> {
	const bytes$ = from(pieces.map(({ bytes }) => bytes));
	const cuts$ = keyReads$({ by: "keys", keyboard: "us", ends: [13], gapMs: 50 }, { bytes$ }, 4_096);
	const cuts = await lastValueFrom(cuts$.pipe(toArray()));
	return cuts.map((cut) => (cut.kind === "frame" ? Buffer.from(cut.bytes).toString() : cut.kind)).join();
}

test("a typed card keeps its identifier, prefix, case and length, and nothing else", async () => {
	for (const style of [{}, { rolls: true }, { id: [1] }]) {
		const reports = typed(`]C0${card}\r`, style);
		expect(await textOf(reports)).toBe(`]C0${card}`);
		const text = await textOf(redactedKeys(reports, veil));
		expect(text).toMatch(/^\]C077[0-9]{13}[A-Z]{2}[0-9][a-z][A-Z][0-9]{4}$/);
		expect(text).not.toContain(card.slice(5, 12));
		expect(text).not.toContain(card.slice(15, 21));
	}
});

test("any text of letters and digits keeps its length and its kinds of characters", async () => {
	const kinds = (text: string) => text.replace(/[a-z]/g, "a").replace(/[A-Z]/g, "A").replace(/[0-9]/g, "0");
	const anyText = fc.stringMatching(/^[a-zA-Z0-9-]{1,40}$/);
	await fc.assert(
		fc.asyncProperty(anyText, fc.boolean(), fc.boolean(), async (text, rolls, jumps) => {
			const hidden = await textOf(redactedKeys(typed(`${text}\r`, { rolls, jumps }), veil));
			expect(kinds(hidden)).toBe(kinds(text));
		}),
	);
});

test("the same card is the same again, and a report of another length loses all", async () => {
	const [one, other] = [typed(`${card}\r`), typed(`${card}\r`)].map((reports) => redactedKeys(reports, veil));
	expect(other).toEqual(one);
	const stray: Piece = { atMs: 0, from: "scanner", bytes: new Uint8Array(Buffer.from(card)) };
	expect(Buffer.from(redactedKeys([stray], veil)[0]?.bytes ?? []).toString()).toMatch(/^[0-9]{15}[A-Z]{2}/);
	expect(Buffer.from(redactedKeys([stray], veil)[0]?.bytes ?? []).toString()).not.toContain("80673059");
});
