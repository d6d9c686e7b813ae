import { expect, onTestFinished, test, vi } from "vitest";
import type { BridgeSettings } from "../../src/model/settings/verifier.ts";
import { BridgeProcess } from "../../src/scan/bridge-process.ts";
import { patientClock, stage } from "./bridge-kit.ts";

const never = new AbortController().signal;
const unchecked = (detail: string) => ({ code: "password-unchecked", detail });

/** A running program, the test's hold on it, and a clock that the test drives. */
async function running(manner = "", change: Partial<BridgeSettings> = {}) {
	const { settings, program } = await stage(manner);
	const { clock, pass } = patientClock();
	const bridge = new BridgeProcess({ ...settings, ...change }, clock);
	const child = await program();
	onTestFinished(async () => {
		const closed = bridge.close();
		if (manner === "stays") await pass(1_000);
		await closed;
	});
	const call = (method: string, params = {}, signal = never) => bridge.call(method, params, 200, signal);
	return { bridge, child, greeting: await child.greeting(), call, pass };
}

test("a call is a line, and its result comes back, in whatever order the program answers", async () => {
	const { child, call } = await running();
	const [first, second] = [call("init", { key: "ключ" }), call("getToken")];
	const [one, two] = [await child.asked(), await child.asked()];
	expect(one).toEqual({ id: 1, method: "init", params: { key: "ключ" } });
	expect(two).toEqual({ id: 2, method: "getToken", params: {} });
	child.answer(two, { token: "T" });
	await expect(second).resolves.toEqual({ token: "T" });
	child.answer(one, {});
	await expect(first).resolves.toEqual({});
});

test("a refusal is a failure that shows the program's word", async () => {
	const { child, call } = await running();
	const asked = call("getToken");
	child.refuse(await child.asked(), "NOT_READY");
	await expect(asked).rejects.toMatchObject(unchecked("the bridge refused: NOT_READY"));
});

test("the program sees neither kassad's environment nor a secret among its arguments", async () => {
	vi.stubEnv("KASSAD_PAY_PASSWORD", "swordfish");
	vi.stubEnv("LANG", "ru_RU.UTF-8");
	onTestFinished(() => void vi.unstubAllEnvs());
	const { child, call, greeting } = await running();
	const asked = call("init", { key: "canary-key" });
	child.answer(await child.asked(), {});
	await asked;
	expect(greeting.env).toMatchObject({ LANG: "ru_RU.UTF-8", PATH: process.env.PATH });
	expect(JSON.stringify(greeting)).not.toMatch(/swordfish|canary-key|KASSAD/);
});

test("a program that does not answer in time is killed", async () => {
	const { bridge, child, call, pass } = await running();
	const asked = expect(call("barcodeVerify")).rejects.toMatchObject(
		unchecked("the bridge did not answer barcodeVerify within 200 ms"),
	);
	await child.asked();
	await pass(200);
	await asked;
	await child.gone;
	expect(await bridge.over).toBe("the bridge did not answer barcodeVerify within 200 ms");
	await expect(call("getToken")).rejects.toMatchObject(
		unchecked("the bridge did not answer barcodeVerify within 200 ms"),
	);
});

test("a caller who gives up gets its reason, and the program lives on", async () => {
	const { child, call } = await running();
	const stop = new AbortController();
	const asked = call("barcodeVerify", {}, stop.signal);
	const left = await child.asked();
	stop.abort("judged");
	await expect(asked).rejects.toBe("judged");
	child.answer(left, { late: true });
	const next = call("getToken");
	child.answer(await child.asked(), { token: "T" });
	await expect(next).resolves.toEqual({ token: "T" });
});

test("a program that never answers is killed although its caller has given up before", async () => {
	const { bridge, child, call, pass } = await running();
	const stop = new AbortController();
	const asked = call("barcodeVerify", {}, stop.signal);
	await child.asked();
	stop.abort("judged");
	await expect(asked).rejects.toBe("judged");
	await pass(200);
	await child.gone;
	expect(await bridge.over).toBe("the bridge did not answer barcodeVerify within 200 ms");
});

test.each(["SIGKILL", "SIGTERM"] as const)(
	"a program that dies of %s fails what it was asked",
	async (signal) => {
		const { bridge, child, call, greeting } = await running();
		const asked = expect(call("getToken")).rejects.toMatchObject(
			unchecked(`the bridge was ended by ${signal}`),
		);
		await child.asked();
		process.kill(greeting.pid, signal);
		await asked;
		expect(await bridge.over).toBe(`the bridge was ended by ${signal}`);
	},
);

test("a program that ends by itself is told by its exit code", async () => {
	const { bridge } = await running();
	await bridge.close();
	expect(await bridge.over).toBe("the bridge ended with the exit code 0");
});

test.each([
	["unfinished", "x".repeat(1_025)],
	["finished", `${"x".repeat(1_025)}\n`],
])("a program that writes a line too long, %s, is killed", async (_, text) => {
	const { bridge, child } = await running();
	child.say(text);
	expect(await bridge.over).toBe("the bridge wrote a line of more than 1024 bytes");
	await child.gone;
});

test("a library's greetings are passed over, a flood of lines is not", async () => {
	const { bridge, child, call } = await running();
	const asked = call("getToken");
	child.say(Buffer.from([0xff, 0xfe, 0x00, 0x0a]));
	child.say("Passcode Verify 2.1\n\n".repeat(49));
	child.answer(await child.asked(), { token: "T" });
	await expect(asked).resolves.toEqual({ token: "T" });
	child.say('{"id":1,"result":{}}\n'.repeat(100));
	const again = call("getToken");
	child.answer(await child.asked(), { token: "U" });
	await expect(again).resolves.toEqual({ token: "U" });
	child.say("x\n".repeat(101));
	expect(await bridge.over).toBe("the bridge writes lines that nobody asked for");
	await child.gone;
});

test("what a program writes to its standard error is counted, whatever it is, and holds nothing up", async () => {
	const { bridge, child, call } = await running("noisy");
	const asked = call("getToken");
	child.answer(await child.asked(), { token: "T" });
	await expect(asked).resolves.toEqual({ token: "T" });
	// A pipe holds 65536 bytes; with nobody reading, the program would have stood still there.
	expect(bridge.stderrBytes).toBeGreaterThan(65_536);
});

test("a program that stays when its input has ended is killed", async () => {
	const { bridge, child, pass } = await running("stays");
	const closed = bridge.close();
	await pass(1_000);
	await closed;
	await child.gone;
	expect(await bridge.over).toBe("the bridge did not end with its input");
});

test("what a program has started itself is killed with it", async () => {
	const { settings, program } = await stage("stays");
	const { clock, pass } = patientClock();
	const script = { command: "sh", args: ["-c", '"$0" "$@"; true', settings.command, ...settings.args] };
	const bridge = new BridgeProcess({ ...settings, ...script }, clock);
	const asked = expect(bridge.call("getToken", {}, 200, never)).rejects.toMatchObject(
		unchecked("the bridge did not answer getToken within 200 ms"),
	);
	const child = await program();
	await pass(200);
	await asked;
	await child.gone;
	await bridge.close();
});

test("a program that is not there fails what it is asked, and says why", async () => {
	const { clock } = patientClock();
	const { settings } = await stage();
	const bridge = new BridgeProcess({ ...settings, command: "/nowhere/bridge" }, clock);
	await expect(bridge.call("init", {}, 200, never)).rejects.toMatchObject(
		unchecked("the bridge cannot be run: spawn /nowhere/bridge ENOENT"),
	);
	expect(await bridge.over).toMatch(/ENOENT/);
	await bridge.close();
});
