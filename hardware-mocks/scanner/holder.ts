/**
 * Holds a pty open: what comes on standard input goes out on the line, what the host writes goes to standard output.
 * When this process ends, the line is gone. Started by pty.ts; descriptor 3 is the pty's master.
 */
import { ReadStream } from "node:tty";

const master = new ReadStream(3);
process.stdin.pipe(master, { end: false });
master.pipe(process.stdout);
// Bytes that are not read stay with the system, which makes the host wait.
if (process.argv[2] === "paced") {
	master.on("data", () => master.pause());
	process.on("message", () => master.resume());
}
// Whoever plugged the scanner in has ended, perhaps by kill -9.
process.stdin.once("end", () => process.exit());
