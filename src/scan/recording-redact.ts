import type { Framing, HidPosLayout } from "../model/device.ts";
import type { Piece } from "./recording.ts";
import { redactedIbmReport, redactedPosReport } from "./recording-redact-hid.ts";
import { redactedKeys } from "./recording-redact-keys.ts";
import { redactedLine } from "./recording-redact-line.ts";
import { redactedSsi } from "./recording-redact-ssi.ts";
import { cutAgain, joined } from "./recording-stream.ts";
import { type Kept, type Veil, veilOf } from "./recording-veil.ts";
import { hidPosLayout } from "./report-descriptor.ts";

/** A pause that ends a burst on a line whose language has no pause of its own. */
const burstMs = 200;

/** What has to be known of a scanner so that the structure of what it says stays. */
export type Redaction = Kept & {
	readonly framing: Framing;
	/** A HID device's report descriptor, where the system tells it. */
	readonly descriptor?: Uint8Array | undefined;
};

/**
 * The pieces without a card number, session or password in them: every letter and digit of every read is replaced by
 * a random one, whether it looks like a card or not. Timing, pieces, lengths, framing, identifiers, checksums and
 * repetitions stay as they were. Names fall away. What the host wrote are commands, and stays.
 * @param key random bytes for this recording alone, which nobody keeps.
 */
export function redacted(pieces: readonly Piece[], redaction: Redaction, key: Uint8Array): Piece[] {
	const veil = veilOf(key, redaction);
	const hidden = redactedSpeech(
		pieces.filter(({ from }) => from === "scanner"),
		redaction,
		veil,
	).values();
	return pieces.map((piece) => {
		const { atMs, from, bytes } = piece;
		return from === "host"
			? { atMs, from, bytes }
			: (hidden.next().value ?? { atMs, from, bytes: new Uint8Array() });
	});
}

function redactedSpeech(said: readonly Piece[], { framing, descriptor }: Redaction, veil: Veil): Piece[] {
	const each = (hide: (report: Uint8Array) => Uint8Array) =>
		said.map(({ atMs, from, bytes }): Piece => ({ atMs, from, bytes: hide(bytes) }));
	switch (framing.by) {
		case "marks":
			return cutAgain(said, redactedLine(framing, joined(said, Math.max(burstMs, framing.settleMs)), veil));
		case "silence":
			return cutAgain(said, redactedLine(framing, joined(said, framing.gapMs), veil));
		case "ssi":
			return cutAgain(said, redactedSsi(joined(said, framing.gapMs), veil));
		case "hid-pos": {
			const layout = layoutOf(framing, descriptor);
			return each((report) => redactedPosReport(report, layout, veil));
		}
		case "ibm-oem":
			return each((report) => redactedIbmReport(report, veil));
		case "keys":
			return bursts(said, framing.gapMs).flatMap((burst) => redactedKeys(burst, veil));
	}
}

function layoutOf(
	{ layout, fallback }: Extract<Framing, { by: "hid-pos" }>,
	descriptor: Uint8Array | undefined,
): HidPosLayout {
	if (layout !== "descriptor") return layout;
	const own = descriptor && hidPosLayout(descriptor);
	if (own === undefined) return fallback;
	const { codeId } = fallback;
	return { ...own, codeId: codeId !== null && codeId >= own.data + own.mostData ? codeId : null };
}

function bursts(pieces: readonly Piece[], pauseMs: number): Piece[][] {
	const all: Piece[][] = [];
	for (const [index, piece] of pieces.entries()) {
		const before = pieces[index - 1];
		if (before === undefined || piece.atMs - before.atMs > pauseMs) all.push([]);
		all.at(-1)?.push(piece);
	}
	return all;
}
