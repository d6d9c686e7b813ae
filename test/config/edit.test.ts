import {
	chmodSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeSetting } from "../../src/config/edit.ts";
import { readYaml } from "../../src/config/yaml.ts";

const place = ["printers", 1, "tuning", "codePage"];
const value = "{ encoding: cp866, number: 17 }";

function file(text: string): string {
	const folder = mkdtempSync(join(tmpdir(), "kassad-edit-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const path = join(folder, "kassad.yaml");
	writeFileSync(path, text);
	return path;
}

const around = (old: string) => `# The shop's own words.
printers:
  - name: one # first
    tuning: { codePage: null }
  - name: two
    tuning:
      columns: null   # as it was
      codePage:${old}
      # what follows
      cut: null
`;

describe("a setting that is written into a YAML file", () => {
	test.each([
		["null", " null"],
		["null with a comment behind it", " null # ask the printer"],
		["nothing", ""],
		["another value in flow style", " { encoding: cp1251, number: 46 }"],
		["another value in block style", "\n        encoding: cp1251\n        number: 46"],
	])("stands in place of %s", (_what, old) => {
		const path = file(around(old));
		writeSetting(path, place, value);
		const expected = structuredClone(readYaml(file(around(" null"))).value) as never as {
			printers: { tuning: { codePage: unknown } }[];
		};
		if (expected.printers[1]) expected.printers[1].tuning.codePage = { encoding: "cp866", number: 17 };
		expect(readYaml(path).value).toEqual(expected);
		const kept = readFileSync(path, "utf8");
		for (const words of ["# The shop's own words.", "# first", "# as it was", "# what follows"])
			expect(kept).toContain(words);
		if (old.includes("ask")) expect(kept).toContain("# ask the printer");
	});

	test("leaves every other byte of the file as it was", () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[ -~]{0,40}$/), (comment) => {
				const path = file(`#${comment}\na:   [1,  2]\nb: null\nc:  'x'\n`);
				writeSetting(path, ["b"], "7");
				expect(readFileSync(path, "utf8")).toBe(`#${comment}\na:   [1,  2]\nb: 7\nc:  'x'\n`);
			}),
			{ numRuns: 30 },
		);
	});

	test("keeps the file's mode, and a link to it a link", () => {
		const path = file("b: null\n");
		chmodSync(path, 0o640);
		const link = `${path}.link`;
		symlinkSync(path, link);
		writeSetting(link, ["b"], "7");
		expect(readFileSync(path, "utf8")).toBe("b: 7\n");
		expect(statSync(path).mode & 0o777).toBe(0o640);
		expect(readdirSync(join(path, "..")).sort()).toEqual(["kassad.yaml", "kassad.yaml.link"]);
	});

	test("is refused where there is no such key, and the file stays as it was", () => {
		const path = file("b: null\n");
		expect(() => writeSetting(path, ["c"], "7")).toThrow("it has no c");
		expect(readFileSync(path, "utf8")).toBe("b: null\n");
	});

	test("is refused when it is no YAML, and the file stays as it was", () => {
		const path = file("b: null\n");
		expect(() => writeSetting(path, ["b"], "{ x")).toThrow("kassad.yaml.new: line");
		expect(readFileSync(path, "utf8")).toBe("b: null\n");
		expect(readdirSync(join(path, ".."))).toEqual(["kassad.yaml"]);
	});
});
