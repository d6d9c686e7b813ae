import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { connectPos } from "../../../src/client/pos-client.ts";

/** A program that sets a stage, says in which folder, and never leaves. */
const stageHolder = `
	import { scenarios } from "./hardware-mocks/demo/scenarios.ts";
	import { setStage } from "./hardware-mocks/demo/stage.ts";
	console.log((await setStage(scenarios.accepted, () => undefined)).folder);
`;

test("the daemon dies with the process that started it, even with one that is killed", async () => {
	const holder = spawn(process.execPath, ["--input-type=module", "--eval", stageHolder], {
		cwd: join(import.meta.dirname, "../../.."),
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [folder] = await once(createInterface({ input: holder.stdout }), "line");
	const pos = await connectPos(join(folder, "kassad.sock"));
	expect(await pos.call("hello", { client: "test" })).toMatchObject({ name: "kassad" });
	holder.kill("SIGKILL");
	await pos.closed;
	rmSync(folder, { recursive: true, force: true });
});
