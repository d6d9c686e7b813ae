import type { Inquiry, PrinterConditions, PrinterReply } from "../../src/model/printer.ts";

/** A bit of one of four bytes, the first is 1. */
type Bit = readonly [byte: 1 | 2 | 3 | 4, mask: number];

/**
 * Every bit that says something, as the answer to DLE EOT n and as byte n of automatic status (GS a), from Epson's
 * ESC/POS pages of the two and those of Bixolon SRP-350 and Citizen CBM1000. A condition holds when one of its bits
 * is set. Not read is what only repeats others: bit 6 of DLE EOT 2, "there is an error", whose kind DLE EOT 3 tells.
 */
const bits = {
	drawerPinHigh: { asked: [[1, 0x04]], told: [[1, 0x04]] },
	offline: { asked: [[1, 0x08]], told: [[1, 0x08]] },
	waitsForRecovery: { asked: [[1, 0x20]], told: [[2, 0x01]] },
	/** Pressed, and feeding because of it. */
	feedButton: {
		asked: [
			[1, 0x40],
			[2, 0x08],
		],
		told: [
			[1, 0x40],
			[2, 0x02],
		],
	},
	coverOpen: { asked: [[2, 0x04]], told: [[1, 0x20]] },
	mechanicalError: { asked: [[3, 0x04]], told: [[2, 0x04]] },
	cutterError: { asked: [[3, 0x08]], told: [[2, 0x08]] },
	broken: { asked: [[3, 0x20]], told: [[2, 0x20]] },
	hot: { asked: [[3, 0x40]], told: [[2, 0x40]] },
	/** The sensor's two bits are set together. */
	paperLow: { asked: [[4, 0x0c]], told: [[3, 0x03]] },
	/** By the sensor, and as what stopped the printer. */
	paperOut: {
		asked: [
			[4, 0x60],
			[2, 0x20],
		],
		told: [[3, 0x0c]],
	},
} as const satisfies Readonly<Record<string, { asked: readonly Bit[]; told: readonly Bit[] }>>;

/** DLE EOT 1 to 4: printer, cause of being offline, error, paper. */
const questions = Uint8Array.of(0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4);

/** An answer to DLE EOT has bits 0 and 7 clear, 1 and 4 set; whatever else comes is none. */
const isAnswer = (byte: number) => (byte & 0x93) === 0x12;

/** Asks all four real-time questions at once; there is no answer until all four have been answered. */
export function statusInquiry(): Inquiry<PrinterConditions> {
	return {
		request: questions,
		read: (replies) => {
			const answers = replies.flatMap((reply) =>
				reply.kind === "real-time" && isAnswer(reply.byte) ? [reply.byte] : [],
			);
			return answers.length < 4 ? undefined : conditionsOf(answers, "asked");
		},
	};
}

/** The conditions after an automatic status; undefined when the reply is another one. */
export function changedConditions(reply: PrinterReply): PrinterConditions | undefined {
	return reply.kind === "automatic" ? conditionsOf([...reply.bytes], "told") : undefined;
}

function conditionsOf(bytes: readonly number[], way: "asked" | "told"): PrinterConditions {
	const holds = (condition: keyof typeof bits) =>
		bits[condition][way].some(([byte, mask]) => ((bytes[byte - 1] ?? 0) & mask) !== 0);
	const roll = holds("paperLow") ? "low" : "enough";
	return {
		online: !holds("offline"),
		coverOpen: holds("coverOpen"),
		paper: holds("paperOut") ? "out" : roll,
		cutterError: holds("cutterError"),
		hot: holds("hot"),
		mechanicalError: holds("mechanicalError"),
		broken: holds("broken"),
		waitsForRecovery: holds("waitsForRecovery"),
		feedButton: holds("feedButton"),
		drawerPinHigh: holds("drawerPinHigh"),
	};
}
