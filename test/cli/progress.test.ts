import { expect, test } from "vitest";
import { progressOn } from "../../src/cli/progress.ts";

function screen(isTTY: boolean) {
	const written: string[] = [];
	return { isTTY, write: (text: string) => written.push(text), written };
}

test("a terminal has one line that grows a bar and is cleared at the end", () => {
	const terminal = screen(true);
	const progress = progressOn(terminal, 4, "stores");
	progress.tell(2, "2 accepted");
	progress.tell(4, "2 accepted, 2 refused");
	progress.end();
	expect(terminal.written.every((text) => text.startsWith("\r\u001B[2K") && !text.includes("\n"))).toBe(true);
	expect(terminal.written.map((text) => text.slice(5))).toEqual([
		`${"░".repeat(30)}  0 of 4 stores`,
		`${"█".repeat(15)}${"░".repeat(15)}  2 of 4 stores  2 accepted`,
		`${"█".repeat(30)}  4 of 4 stores  2 accepted, 2 refused`,
		"",
	]);
});

test("a pipe or a file has a line each time, without a control character", () => {
	const pipe = screen(false);
	const progress = progressOn(pipe, 4, "stores");
	progress.tell(2, "2 accepted");
	progress.tell(4);
	progress.end();
	expect(pipe.written).toEqual(["2 of 4 stores: 2 accepted\n", "4 of 4 stores\n"]);
});
