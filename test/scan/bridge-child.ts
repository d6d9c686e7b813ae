import { connect } from "node:net";

/*
 * A wrapper program in the hands of a test: what kassad writes to it goes to the test's socket, and what the test
 * writes there goes to kassad. First it tells the test who it is.
 *
 *     node bridge-child.ts SOCKET [stays | noisy]
 */
const [, , path, manner] = process.argv;
if (manner === "noisy") process.stderr.write("7712345678901234 ".repeat(65_536));
const wire = connect(path ?? "");
wire.write(`${JSON.stringify({ pid: process.pid, argv: process.argv, env: process.env })}\n`);
wire.pipe(process.stdout);
process.stdin.pipe(wire, { end: manner !== "stays" });
