import { spawn } from "node:child_process";
import { join } from "node:path";

/*
 * A careless wrapper: the example's, but all that it is asked goes to its standard error too, and to its standard
 * output as a line of no protocol.
 */
const library = join(import.meta.dirname, "../../drivers/verifiers/example-bridge.ts");
const child = spawn(process.execPath, [library], { stdio: ["pipe", "inherit", "inherit"] });
process.stdin.on("data", (asked) => {
	process.stderr.write(asked);
	process.stdout.write(`debug: ${asked}`);
	child.stdin.write(asked);
});
process.stdin.on("end", () => child.stdin.end());
