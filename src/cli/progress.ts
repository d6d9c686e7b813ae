/** Where progress is shown: a terminal, or a pipe or file. */
export type Screen = {
	readonly isTTY?: boolean;
	write(text: string): unknown;
};

export type Progress = {
	/**
	 * Shows how far it is.
	 * @param words what came of what is done, if there is something to say.
	 */
	tell(done: number, words?: string): void;
	/** Leaves the screen to others. */
	end(): void;
};

const barWidth = 30;
const clearLine = "\r\u001B[2K";

/**
 * How far something is that has `total` parts: a bar on a terminal, a line each time it is told elsewhere.
 * @param noun of the parts, as `stores`.
 */
export function progressOn(screen: Screen, total: number, noun: string): Progress {
	if (!screen.isTTY) {
		return {
			tell: (done, words = "") => void screen.write(`${done} of ${total} ${noun}${words && ": "}${words}\n`),
			end: () => undefined,
		};
	}
	const draw = (done: number, words = "") => {
		const full = Math.floor((barWidth * done) / Math.max(total, 1));
		const bar = "█".repeat(full) + "░".repeat(barWidth - full);
		screen.write(`${clearLine}${bar}  ${done} of ${total} ${noun}${words && "  "}${words}`);
	};
	draw(0);
	return { tell: draw, end: () => void screen.write(clearLine) };
}
