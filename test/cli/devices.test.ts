import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { scannerDrivers } from "../../drivers/index.ts";
import { devicesCommand } from "../../src/cli/devices.ts";
import { inhibitRuleOf } from "../../src/ports/inhibit-rule.ts";
import { udevRules } from "../../src/ports/udev-rules.ts";
import { shipped } from "../settings-file.ts";

let printed: string;
beforeEach(() => {
	printed = "";
	vi.spyOn(process.stdout, "write").mockImplementation((text) => {
		printed += String(text);
		return true;
	});
});
afterEach(() => vi.restoreAllMocks());

async function kassad(...args: string[]): Promise<string> {
	const program = new Command("kassad").exitOverride();
	devicesCommand(program);
	await program.parseAsync(["devices", ...args], { from: "user" });
	return printed;
}

test("this machine is looked at without secrets, and a scanner that is not there is told", async () => {
	expect(await kassad("--config", shipped)).toMatch(
		/^Scanner front \(\/dev\/serial\/by-id\/usb-Example.*\) is not there: no such device is plugged in\.$/m,
	);
});

test("for a program there is one JSON object", async () => {
	expect(JSON.parse(await kassad("--json", "--config", shipped))).toMatchObject({
		entries: expect.any(Array),
		missing: [{ scanner: "front", why: "no such device is plugged in" }],
		notes: expect.any(Array),
	});
});

test("a path that is there is not missing, though it is no listed device", async () => {
	const folder = mkdtempSync(join(tmpdir(), "devices-"));
	const [config, path] = [join(folder, "kassad.yaml"), join(folder, "pty")];
	writeFileSync(path, "");
	const { stringify } = await import("yaml");
	const { readYaml } = await import("../../src/config/yaml.ts");
	const { scanners } = readYaml(shipped).value as { scanners: object[] };
	writeFileSync(config, stringify({ scanners: [{ ...scanners[0], path }] }));
	expect(JSON.parse(await kassad("--json", "--config", config))).toMatchObject({ missing: [] });
});

test.each([
	["there is no file", undefined, /No scanner or printer is told as used: .*nowhere/],
	["the scanners are not in order", "scanners: 7", /The scanners of .* are not in order/],
])("when %s the devices are shown all the same, with a note", async (_, text, note) => {
	const config = join(mkdtempSync(join(tmpdir(), "devices-")), "nowhere.yaml");
	if (text !== undefined) writeFileSync(config, text);
	const { notes, entries } = JSON.parse(await kassad("--json", "--config", config));
	expect(notes[0]).toMatch(note);
	expect(entries).toEqual(expect.any(Array));
});

test("the rules are those of the whole driver table", async () => {
	expect(await kassad("--udev")).toBe(udevRules(Object.values(scannerDrivers), inhibitRuleOf));
});
