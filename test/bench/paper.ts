/**
 * A slip on its way to paper: how fast it becomes bytes, beside the bare `escpos` and two other libraries; and from its
 * commit to the last byte and to the confirmation, over TCP and a serial line, beside the least that can do the same.
 * `node test/bench/paper.ts 200` runs it alone.
 */
import { printerDrivers } from "../../drivers/index.ts";
import { type Encoder, encoders, sampleBlock } from "./encoders.ts";
import { overPty, overTcp, type Road, tellingJournal } from "./paper-roads.ts";
import { type Row, table } from "./table.ts";

const warmUp = 20;
const blocksInSample = 100;

/** All rows of this bench. */
export async function paperRows(runs: number): Promise<Row[]> {
	const rows = encodeRows(Math.ceil(runs / 5));
	for (const [name, open] of Object.entries({ TCP: overTcp, pty: overPty }))
		rows.push(...(await roadRows(name, await open(driver()), runs)));
	return rows;
}

function driver() {
	const found = printerDrivers["epson-tm-t20iii"];
	if (found === undefined) throw new TypeError("there is no such driver");
	return found;
}

function encodeRows(runs: number): Row[] {
	const own = () => void driver().encode(sampleBlock);
	return Object.entries(encoders).map(([name, other]) => {
		const row = { name: `100 blocks, ${name}`, kassad: [] as number[], bare: [] as number[], hasGoal: false };
		for (let run = 0; run < warmUp + runs; run += 1) {
			const [kassad, bare] = [timed(own), timed(other)];
			if (run < warmUp) continue;
			row.kassad.push(kassad);
			row.bare.push(bare);
		}
		return row;
	});
}

function timed(encode: Encoder): number {
	const from = performance.now();
	for (let block = 0; block < blocksInSample; block += 1) encode();
	return performance.now() - from;
}

/** One block after the other, kassad's and the bare program's in turn. */
async function roadRows(name: string, road: Road, runs: number): Promise<Row[]> {
	const journal = tellingJournal();
	const rows = ["last byte", "confirmation"].map((end) => ({
		name: `commit to ${end}, ${name}`,
		kassad: [] as number[],
		bare: [] as number[],
		hasGoal: false,
	}));
	for (let run = 0; run < warmUp + runs; run += 1) {
		for (const who of ["kassad", "bare"] as const) {
			const { lastByteMs, confirmedMs } = await road[who](sampleBlock, journal);
			if (run < warmUp) continue;
			rows[0]?.[who].push(lastByteMs);
			rows[1]?.[who].push(confirmedMs);
		}
	}
	await road.close();
	journal.close();
	return rows;
}

if (import.meta.main) {
	const rows = await paperRows(Number(process.argv[2] ?? 500));
	process.stdout.write(`${table(rows)}\n`);
	process.exit();
}
