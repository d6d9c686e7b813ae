import type { Sent } from "../stores/send.ts";
import { countsOf } from "./stores-report.ts";

/** Where progress is shown: a terminal, or a pipe or file. */
export type Screen = {
	readonly isTTY?: boolean;
	write(text: string): unknown;
};

export type Progress = {
	/** Shows how far it is. */
	tell(sent: readonly Sent[]): void;
	/** Leaves the screen to others. */
	end(): void;
};

const barWidth = 30;
const clearLine = "\r\u001B[2K";

/** How far the sending of `total` stores is: a bar on a terminal, a line for each request elsewhere. */
export function progressOn(screen: Screen, total: number): Progress {
	if (!screen.isTTY) {
		return {
			tell: (sent) => void screen.write(`${sent.length} of ${total} stores: ${countsOf(sent)}\n`),
			end: () => undefined,
		};
	}
	const draw = (sent: readonly Sent[]) => {
		const full = Math.floor((barWidth * sent.length) / total);
		const bar = "█".repeat(full) + "░".repeat(barWidth - full);
		const counts = sent.length === 0 ? "" : `  ${countsOf(sent)}`;
		screen.write(`${clearLine}${bar}  ${sent.length} of ${total} stores${counts}`);
	};
	draw([]);
	return { tell: draw, end: () => void screen.write(clearLine) };
}
