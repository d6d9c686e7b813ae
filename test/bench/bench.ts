/**
 * Key to wire of every flow, and scan to event: kassad beside the least program that could do the same, in one run,
 * in turn. `npm run bench`, `npm run bench -- --runs 200 --only cancel,refund`
 */
import { parseArgs } from "node:util";
import { scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { setStage } from "../../hardware-mocks/demo/stage.ts";
import { bareRoads } from "./bare-roads.ts";
import { clientsDay } from "./clients.ts";
import { decodeRows } from "./decode.ts";
import { kassadRoads, type Road, type Roads, takenIn } from "./kassad-roads.ts";
import { paperRows } from "./paper.ts";
import { type Row, table } from "./table.ts";
import { transportRows } from "./transports.ts";

/** The roads in their order, by the names of the table. */
const names: Readonly<Record<Road, string>> = {
	pay: "payment",
	cancel: "cancel",
	refund: "refund",
	providers: "providers",
	scan: "scan to event",
};

const { values } = parseArgs({
	options: {
		runs: { type: "string", default: "1000" },
		only: {
			type: "string",
			default: [...Object.keys(names), "transports", "decode", "paper", "clients"].join(),
		},
	},
});
const runs = Number(values.runs);
const roads = (Object.keys(names) as Road[]).filter((road) => values.only.split(",").includes(road));
const warmUp = 50;

const rows: Row[] = roads.length > 0 ? await roadRows() : [];
const more = values.only.split(",");
if (more.includes("transports")) rows.push(...(await transportRows(runs)));
if (more.includes("decode")) rows.push(...(await decodeRows(Math.min(runs, 200))));
if (more.includes("paper")) rows.push(...(await paperRows(runs)));
const clients = more.includes("clients") ? await clientsDay(runs) : undefined;
if (clients !== undefined) rows.push(clients.row);

process.stdout.write(`${table(rows)}\n
key to wire    (payment, cancel, refund, providers) from the POS program's write to the request's first byte at the
               server; bare: net, zod, node:sqlite (its key and payment looked up, one row inserted: WAL, FULL), one
               undici POST with a deadline on a warm TLS connection
scan to event  from the scanner's write to the event in the POS program;
               bare: serialport, cut at CR, one line over net
scan, FAMILY   from the scanner's bytes to the judged scan; bare: serialport or node-hid's reports, put together
decode         from a grey frame to its code, the way to the thread and back included; bare: zxing-wasm
100 blocks     of 40 lines and a QR code, in the printer's language; bare: the library that is named
commit to ...  from the commit of a print to its last byte at the printer, and to the printer's proof, which it gives
               at once; bare: one insert (WAL, FULL), one write over net or serialport, the answer recognised
32 tills       of one kassad, a scanner and a POS program each, pay 200 times a second in all: from the moment at which
               a key was to be pressed, whether or not the till was ready, to the first byte at the server, which is a
               process of its own; before that each till has 70 customers who are not counted; bare: the program above with
               32 connections, and no scanners; both have 16 connections to the server, the most that can be set\n`);
if (clients !== undefined) process.stdout.write(`\n${clients.words}\n`);

async function roadRows(): Promise<Row[]> {
	// Printing comes after the measured road and would only take turns on the two processors.
	const stage = await setStage({ ...scenarios.accepted, server: { accept: 0 } }, () => undefined, {
		printers: [],
	});
	const bare = await bareRoads(stage);
	const kassad = await kassadRoads(stage);
	const measured: Row[] = [];
	for (const road of roads) measured.push(await sideBySide(road, kassad, bare));
	await bare.close();
	await stage.strike();
	return measured;
}

/** Each run of kassad beside one of the bare program, so that both meet the machine in the same mood. */
async function sideBySide(road: Road, kassad: Roads, bare: Roads): Promise<Row> {
	const name = names[road];
	const row = { name, kassad: [] as number[], bare: [] as number[] };
	for (let run = 0; run < warmUp + runs; run += 1) {
		const own = await within(kassad[road](run), `${name}, run ${run} of kassad`);
		// kassad tidies its journal when all is done, and the other must not wait for that.
		await takenIn();
		const least = await within(bare[road](run), `${name}, run ${run} of the bare program`);
		if (run < warmUp) continue;
		row.kassad.push(own);
		row.bare.push(least);
		if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${row.kassad.length} of ${runs}  `);
	}
	if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
	return row;
}

/** A run that never ends must not hang the bench without a word. */
async function within<T>(road: Promise<T>, what: string): Promise<T> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(new Error(`${what}: no end within 10 s`)), 10_000);
	return Promise.race([road, late.promise]).finally(() => clearTimeout(timer));
}
