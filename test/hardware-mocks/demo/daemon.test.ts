import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { connectPos } from "../../../hardware-mocks/pos-client.ts";

test("the daemon dies with the process that started it, even with one that is killed", async () => {
	const holder = spawn(process.execPath, [join(import.meta.dirname, "stage-holder.ts")], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [folder] = await once(createInterface({ input: holder.stdout }), "line");
	const pos = await connectPos(join(folder, "kassad.sock"));
	expect(await pos.call("hello", { client: "test" })).toMatchObject({ name: "kassad" });
	holder.kill("SIGKILL");
	await pos.closed;
	rmSync(folder, { recursive: true, force: true });
});
