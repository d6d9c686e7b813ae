/**
 * Key to wire, and scan to event: kassad beside the least program that could do the same, in one run, in turn.
 * `npm run bench`, `npm run bench -- --runs 500`
 */
import { parseArgs } from "node:util";
import { scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { setStage } from "../../hardware-mocks/demo/stage.ts";
import { bareRoads } from "./bare-roads.ts";
import { kassadRoads } from "./kassad-roads.ts";
import { table } from "./table.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "2000" } } });
const runs = Number(values.runs);
const warmUp = 50;

// Printing comes after the measured road and would only take turns on the two processors.
const stage = await setStage({ ...scenarios.accepted, server: { accept: 0 } }, () => undefined, {
	printers: [],
});
const bare = await bareRoads(stage);
const kassad = await kassadRoads(stage);

const wire = { name: "key to wire", kassad: [] as number[], bare: [] as number[] };
const scan = { name: "scan to event", kassad: [] as number[], bare: [] as number[] };

for (let run = -warmUp; run < runs; run += 1) {
	const own = await kassad.scanAndPay(run + warmUp);
	const least = { scanMs: await bare.scan(run + warmUp), wireMs: await bare.pay(run + warmUp) };
	if (run < 0) continue;
	scan.kassad.push(own.scanMs);
	wire.kassad.push(own.wireMs);
	scan.bare.push(least.scanMs);
	wire.bare.push(least.wireMs);
	if (run % 100 === 99 && process.stderr.isTTY) process.stderr.write(`\r${run + 1} of ${runs}`);
}
process.stderr.write("\r");
await bare.close();
await stage.strike();

process.stdout.write(`${table([wire, scan])}\n
key to wire    from the POS program's write to the request's first byte at the server;
               bare: net, one node:sqlite insert (WAL, FULL), one undici POST on a warm TLS connection
scan to event  from the scanner's write to the event in the POS program;
               bare: serialport, cut at CR, one line over net\n`);
