import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { inhibitKeys } from "../../src/ports/inhibit.ts";
import { inhibitRule } from "../../src/ports/inhibit-rule.ts";

const platform = "linux";
const denied = Object.assign(new TypeError("EACCES: permission denied"), { code: "EACCES" });

/** A sysfs with one hidraw node and these input devices behind it. */
function machine(inputs: readonly string[] = ["input5"]) {
	const sys = mkdtempSync(join(tmpdir(), "kassad-sys-"));
	onTestFinished(() => rmSync(sys, { recursive: true }));
	const device = join(sys, "devices/0003:0C2E:0B61.0001");
	mkdirSync(join(sys, "class/hidraw/hidraw0"), { recursive: true });
	mkdirSync(device, { recursive: true });
	symlinkSync(device, join(sys, "class/hidraw/hidraw0/device"));
	const switchOf = (input: string) => join(device, "input", input, "inhibited");
	for (const input of inputs) {
		mkdirSync(join(device, "input", input, "id"), { recursive: true });
		mkdirSync(join(device, "input", input, "event7"));
		writeFileSync(join(device, "input", input, "id/vendor"), "0c2e\n");
		writeFileSync(join(device, "input", input, "id/product"), "0b61\n");
		writeFileSync(switchOf(input), "0\n");
	}
	return { sys, device, switchOf, state: (input: string) => readFileSync(switchOf(input), "utf8").trim() };
}

test("every input device behind the node is silenced, and given back once", async () => {
	const { sys, state } = machine(["input5", "input12"]);
	const inhibition = await inhibitKeys("/dev/hidraw0", { sys, platform });
	expect([state("input5"), state("input12")]).toEqual(["1", "1"]);
	if (inhibition.state !== "inhibited") return expect.unreachable();
	await inhibition.release();
	expect([state("input5"), state("input12")]).toEqual(["0", "0"]);
	await inhibition.release();
});

test("release after an unplug is quiet", async () => {
	const { sys } = machine();
	const inhibition = await inhibitKeys("/dev/hidraw0", { sys, platform });
	rmSync(join(sys, "devices"), { recursive: true });
	if (inhibition.state !== "inhibited") return expect.unreachable();
	await expect(inhibition.release()).resolves.toBeUndefined();
});

test("a device that is silent already is taken over, as after a kassad that was killed", async () => {
	const { sys, switchOf, state } = machine();
	writeFileSync(switchOf("input5"), "1\n");
	const inhibition = await inhibitKeys("/dev/hidraw0", { sys, platform });
	if (inhibition.state !== "inhibited") return expect.unreachable();
	await inhibition.release();
	expect(state("input5")).toBe("0");
});

test("a device without input devices types nowhere", async () => {
	const { sys } = machine([]);
	expect(await inhibitKeys("/dev/hidraw0", { sys, platform })).toMatchObject({ state: "inhibited" });
});

test("an old kernel is told, and no file is made", async () => {
	const { sys, switchOf, state } = machine();
	rmSync(switchOf("input5"));
	const why = expect.stringMatching(/^this kernel cannot silence a single keyboard .* 5\.11 .*HID POS/);
	expect(await inhibitKeys("/dev/hidraw0", { sys, platform })).toEqual({ state: "typing", why });
	expect(() => state("input5")).toThrow(/ENOENT/);
});

test("missing rights are told with the udev line", async () => {
	const { sys } = machine();
	let asked = 0;
	const write = async () => {
		asked += 1;
		throw denied;
	};
	const inhibition = await inhibitKeys("/dev/hidraw0", { sys, platform, write, tries: 3, pauseMs: 1 });
	const rule = inhibitRule("0c2e", "0b61");
	expect(inhibition).toEqual({
		state: "typing",
		why: expect.stringContaining(`plug the scanner in again: ${rule}`),
	});
	expect(asked).toBe(3);
});

test("missing rights of a device whose ids are not known are told with a command", async () => {
	const { sys, device } = machine();
	rmSync(join(device, "input/input5/id"), { recursive: true });
	const write = () => Promise.reject(denied);
	expect(await inhibitKeys("/dev/hidraw0", { sys, platform, write, tries: 1 })).toMatchObject({
		why: expect.stringMatching(/; as root: chgrp kassad (\S+inhibited) && chmod g\+w \1$/),
	});
});

test("rights that udev gives a moment later are waited for", async () => {
	const { sys, switchOf, state } = machine();
	let asked = 0;
	const write = async (file: string, text: string) => {
		asked += 1;
		if (asked < 3) throw denied;
		writeFileSync(file, text);
	};
	const inhibition = await inhibitKeys("/dev/hidraw0", { sys, platform, write, pauseMs: 1 });
	expect(inhibition.state).toBe("inhibited");
	expect([state("input5"), switchOf("input5")]).toEqual(["1", expect.stringContaining("input5")]);
});

test("what was silenced is given back when the rest cannot be", async () => {
	const { sys, switchOf, state } = machine(["input5", "input6"]);
	rmSync(switchOf("input6"));
	expect(await inhibitKeys("/dev/hidraw0", { sys, platform })).toMatchObject({ state: "typing" });
	expect(state("input5")).toBe("0");
});

test("a switch that does not turn is told", async () => {
	const { sys } = machine();
	const write = async () => undefined;
	expect(await inhibitKeys("/dev/hidraw0", { sys, platform, write })).toEqual({
		state: "typing",
		why: expect.stringMatching(/inhibited is "0" after "1" was written to it$/),
	});
});

test("a path that is no hidraw node of the machine is told", async () => {
	const { sys } = machine();
	for (const path of ["/dev/hidraw1", "/dev/hidraw", "1-1:1.0", "/dev/hidraw0/..", ""])
		expect(await inhibitKeys(path, { sys, platform })).toEqual({
			state: "typing",
			why: `${path} is no hidraw device of this machine`,
		});
});

test("elsewhere than on Linux nothing is touched", async () => {
	const { sys, state } = machine();
	const why = expect.stringMatching(/^Windows keeps keyboards to itself/);
	expect(await inhibitKeys("/dev/hidraw0", { sys, platform: "win32" })).toEqual({ state: "typing", why });
	expect(state("input5")).toBe("0");
});
