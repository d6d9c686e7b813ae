import type { Screen } from "./progress.ts";

const clearLine = "\r\u001B[2K";

/** How far a work of several steps is. */
export type ShareBar = {
	/** @param share from 0 to 1. */
	tell(step: string, share: number): void;
	/** Leaves the screen to others. */
	end(): void;
};

/** Shows on a terminal how far each step is, in percent, and elsewhere that a step has begun. */
export function shareBarOn(screen: Screen): ShareBar {
	let shown = "";
	return {
		tell: (step, share) => {
			const line = screen.isTTY ? `${clearLine}${step} ... ${Math.floor(share * 100)} %` : `${step} ...\n`;
			if (line !== shown) screen.write(line);
			shown = line;
		},
		end: () => {
			if (screen.isTTY && shown !== "") screen.write(clearLine);
		},
	};
}
