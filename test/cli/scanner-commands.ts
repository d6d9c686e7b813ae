/** The commands around scanners as a program of their own, started by their tests. */
import { Command } from "commander";
import { recordCommand } from "../../src/cli/record.ts";
import { replayCommand } from "../../src/cli/replay.ts";
import { scanCommand } from "../../src/cli/scan.ts";

const program = new Command("kassad");
scanCommand(program);
recordCommand(program);
replayCommand(program);
await program.parseAsync().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
process.exit();
