import { join } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { Secret } from "../../src/model/secret.ts";
import { Bridge } from "../../src/scan/bridge-keeper.ts";
import { keptLog } from "./kept-log.ts";

/*
 * A process that keeps a bridge as kassad does, for tests of how it ends. It exits at once when it is told to.
 *
 *     node bridge-owner.ts SOCKET [manner]
 */
const settings = {
	command: process.execPath,
	args: [join(import.meta.dirname, "bridge-child.ts"), ...process.argv.slice(2)],
	initMs: 60_000,
	callMs: 1_500,
	mostLineBytes: 1_024,
	restart: { firstWaitMs: 100, factor: 2, mostWaitMs: 350 },
};
new Bridge("example", new Secret({}), settings, { clock: systemClock, log: keptLog().log });
process.once("message", () => process.exit());
