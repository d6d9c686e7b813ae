import { styleText } from "node:util";
import { clean } from "./clean.ts";
import type { Verdict } from "./doctor-check.ts";
import { wrap } from "./wrap.ts";

/** A check with what came of it. */
export type Examined = Verdict & { readonly name: string; readonly title: string };

type Screen = { readonly isTTY?: boolean; write(text: string): unknown };

const signs = { green: "✓", red: "✗", skipped: "–" } as const;
const colours = { green: "green", red: "red", skipped: "dim" } as const;

/** Columns of a title, and of a terminal. */
const widths = { title: 50, all: 80 } as const;

/** Shows each check as soon as it is over, and the whole at the end; at most 80 columns. */
export function drawDoctor(screen: Screen) {
	const paint = (state: Verdict["state"], text: string) =>
		screen.isTTY ? styleText(colours[state], text, { validateStream: false }) : text;
	const write = (lines: readonly string[]) => screen.write(`${lines.join("\n")}\n`);
	return {
		show: ({ title, state, seen, advice = [] }: Examined) => {
			const start = `${paint(state, signs[state])} ${title}`;
			const words = clean(seen);
			const padding = " ".repeat(Math.max(1, widths.title - title.length));
			const fits = 2 + title.length + padding.length + words.length <= widths.all;
			write([
				...(fits ? [`${start}${padding}${words}`] : [start, ...wrap(words, 4)]),
				...advice.flatMap((line) => wrap(`do: ${clean(line)}`, 4, 8)),
			]);
		},
		end: (examined: readonly Examined[]) => {
			const count = (state: Verdict["state"]) => examined.filter((each) => each.state === state).length;
			const [reds, greens, untried] = [count("red"), count("green"), count("skipped")];
			const rest = untried === 0 ? "" : ` ${untried} could not be tried, or need not be.`;
			const verdict =
				reds === 0
					? `This till is safe, as far as ${greens} checks can tell.${rest}`
					: `ATTENTION: ${reds} of ${examined.length} ${reds === 1 ? "is" : "are"} red. Do what stands below each, and run this again.${rest}`;
			write(["", ...wrap(verdict, 0)]);
		},
	};
}
