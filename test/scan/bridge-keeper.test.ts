import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Secret } from "../../src/model/secret.ts";
import { Bridge } from "../../src/scan/bridge-keeper.ts";
import { type Program, patientClock, stage } from "./bridge-kit.ts";
import { keptLog } from "./kept-log.ts";

const never = new AbortController().signal;
const notReady = { code: "password-unchecked", detail: "the bridge is not ready" };

/** A kept bridge, the test's hold on its programs, and a clock that the test drives. */
async function kept(manner = "") {
	const { settings, program } = await stage(manner);
	const { clock, time, pass } = patientClock();
	const { log, lines } = keptLog();
	const bridge = new Bridge("example", new Secret({ key: "canary-key" }), settings, { clock, log });
	onTestFinished(() => bridge.close());
	const started = async () => {
		const child = await program();
		const { pid } = await child.greeting();
		return { child, pid };
	};
	/** A program that has started and answered `init`. */
	const ready = async () => {
		const { child, pid } = await started();
		child.answer(await child.asked(), {});
		return { child, pid };
	};
	return { bridge, started, ready, lines, time, pass };
}

async function talks(bridge: Bridge, child: Program) {
	const asked = bridge.call("getToken", {}, never);
	child.answer(await child.asked(), { token: "T" });
	await expect(asked).resolves.toEqual({ token: "T" });
}

test("a program is told its parameters once after its start, and never a log", async () => {
	const { bridge, started, lines } = await kept();
	const { child } = await started();
	const init = await child.asked();
	expect(init).toMatchObject({ method: "init", params: { key: "canary-key" } });
	child.answer(init, {});
	await talks(bridge, child);
	await talks(bridge, child);
	expect(lines).toEqual(['the verifier\'s bridge is ready {"brand":"example"}']);
});

test("what is asked while it starts waits for init, as long as one call may take", async () => {
	const { bridge, started, pass } = await kept();
	const { child } = await started();
	const init = await child.asked();
	const [early, patient] = [bridge.call("getToken", {}, never), bridge.call("getToken", {}, never)];
	const judged = expect(early).rejects.toMatchObject(notReady);
	await pass(1_500);
	await judged;
	child.answer(init, {});
	child.answer(await child.asked(), { token: "T" });
	await expect(patient).resolves.toEqual({ token: "T" });
});

test("while it is down a call fails at once, and the technician reads why", async () => {
	const { bridge, ready, lines, pass } = await kept();
	const { child, pid } = await ready();
	await talks(bridge, child);
	process.kill(pid, "SIGKILL");
	await child.gone;
	const down = (line: string) => line.startsWith("the verifier's bridge is down");
	await pass(100);
	expect(lines.find(down)).toBe(
		"the verifier's bridge is down: cards of this brand cannot pay " +
			'{"brand":"example","why":"the bridge was ended by SIGKILL","stderrBytes":0,"retryInMs":100}',
	);
});

test("it is started again after pauses that grow up to the longest, and told its parameters anew", async () => {
	const { bridge, ready, pass } = await kept();
	for (const pause of [100, 200, 350, 350]) {
		const { child, pid } = await ready();
		await talks(bridge, child);
		process.kill(pid, "SIGKILL");
		await child.gone;
		await expect(bridge.call("getToken", {}, never)).rejects.toMatchObject({ code: "password-unchecked" });
		await pass(pause);
	}
	const { child } = await ready();
	await talks(bridge, child);
});

test("after a run longer than the longest pause the first pause is the short one again", async () => {
	const { bridge, ready, time, pass } = await kept();
	for (const [ranMs, pause] of [
		[350, 100],
		[350, 200],
		[351, 100],
		[0, 200],
	] as const) {
		const { child, pid } = await ready();
		await talks(bridge, child);
		time.now += ranMs;
		process.kill(pid, "SIGKILL");
		await pass(pause);
	}
});

test("one that refuses its parameters or never takes them is ended and started again", async () => {
	const { bridge, started, ready, lines, pass } = await kept();
	const refusing = await started();
	refusing.child.refuse(await refusing.child.asked(), "BAD_KEY");
	await refusing.child.gone;
	await pass(100);
	const silent = await started();
	await silent.child.asked();
	await pass(3_000);
	await silent.child.gone;
	await pass(200);
	const { child } = await ready();
	await talks(bridge, child);
	expect(lines.map((line) => /"why":"([^"]*)"/.exec(line)?.[1])).toEqual([
		"the bridge refused: BAD_KEY",
		"the bridge did not answer init within 3000 ms",
		undefined,
	]);
});

test("a program that hangs in a call is replaced", async () => {
	const { bridge, ready, pass } = await kept();
	const hanging = await ready();
	const asked = expect(bridge.call("getToken", {}, never)).rejects.toMatchObject({
		detail: "the bridge did not answer getToken within 1500 ms",
	});
	await hanging.child.asked();
	await pass(1_500);
	await asked;
	await hanging.child.gone;
	await pass(100);
	const { child } = await ready();
	await talks(bridge, child);
});

test.each([
	["is not there", { command: "/nowhere/bridge" }, "the bridge cannot be run: spawn /nowhere/bridge ENOENT"],
	["the system refuses", { args: ["x".repeat(4_194_304)] }, "the bridge cannot be run: E2BIG"],
])("a program that %s is tried again for ever, and close ends that", async (_, change, why) => {
	const { settings } = await stage();
	const { clock, pass } = patientClock();
	const { log, lines } = keptLog();
	const bridge = new Bridge("example", new Secret({}), { ...settings, ...change }, { clock, log });
	for (const pause of [100, 200, 350, 350]) await pass(pause);
	await bridge.close();
	expect(lines).toHaveLength(4);
	expect(lines[3]).toContain(`"why":"${why}"`);
	await expect(bridge.call("getToken", {}, never)).rejects.toMatchObject(notReady);
});

test("close ends the program, also while it starts, and none is started after it", async () => {
	const { bridge, started, lines } = await kept();
	const { child } = await started();
	await child.asked();
	await bridge.close();
	await child.gone;
	expect(lines).toEqual([]);
});

/** A process that keeps a bridge as kassad does. */
function owner(...words: string[]): ChildProcess {
	const args = [join(import.meta.dirname, "bridge-owner.ts"), ...words];
	const kassad = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
	onTestFinished(() => void kassad.kill("SIGKILL"));
	return kassad;
}

test("when kassad is killed, the program's input ends and it goes, too", async () => {
	const { path, program } = await stage();
	const kassad = owner(path);
	const child = await program();
	await child.greeting();
	kassad.kill("SIGKILL");
	await once(kassad, "exit");
	await child.gone;
});

test("when kassad exits in a hurry, even a program that ignores the end of its input goes", async () => {
	const { path, program } = await stage();
	const kassad = owner(path, "stays");
	const child = await program();
	await child.greeting();
	kassad.send("exit");
	await once(kassad, "exit");
	await child.gone;
});
