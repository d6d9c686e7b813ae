import { readFileSync } from "node:fs";
import { arrivals } from "./clients-arrivals.ts";
import type { Books } from "./clients-server.ts";
import { openShop, type Shop } from "./clients-shop.ts";
import { bareTill, kassadTill, type Seen, type Till } from "./clients-tills.ts";
import type { Row } from "./table.ts";

const many = 32;
const perSecond = 200;
const seed = 20_261_129;
/**
 * Customers of each till before the day: in their eleven seconds V8 compiles what is used most, beside the tills that need
 * the processor meanwhile. That is once; a kassad then runs for days.
 */
const uncounted = 70;

/** A row of the table, and what is told beneath it. */
type Told = { readonly row: Row; readonly words: string };

/**
 * Many tills of one shop pay at once, by one kassad: `runs` payments in all, each till's customers at moments of their
 * own. The time of each is reckoned from the moment at which its key was to be pressed, so that a till which is not
 * ready makes its customers wait on the record ("How NOT to Measure Latency", Gil Tene: coordinated omission).
 */
export async function clientsDay(runs: number): Promise<Told> {
	const shop = await openShop(many);
	const each = Math.ceil(runs / many);
	const own = await Promise.all(
		shop.tills.map(({ terminal, scanner }) => kassadTill(terminal, scanner, shop.socketPath, shop.brandKey)),
	);
	const { pid = 0 } = shop.daemon.process;
	const before = memoryOf(pid);
	const kassad = await day(own, each, pid);
	const after = memoryOf(pid);
	for (const till of own) till.close();
	const bare = await bareDay(shop, each);
	const books = await shop.books();
	await shop.daemon.stop();
	const counted = countsOf(kassad.seen, books, shop.journal());
	await shop.close();
	const memory = `resident memory of kassad: ${before.now} MB before, ${after.now} MB after, ${after.peak} MB at most`;
	const perPayment = (cpuMs: number) => `${(cpuMs / (each * many)).toFixed(2)} ms`;
	const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
	const host = `taken by the host meanwhile (steal): ${percent(kassad.stolen)}, in the bare program's day ${percent(bare.stolen)}`;
	const work = `processor time of a payment: kassad ${perPayment(kassad.cpuMs)}, bare ${perPayment(bare.cpuMs)}`;
	return {
		row: {
			...{ name: `${many} tills`, hasGoal: false },
			...{ kassad: timesOf(kassad.seen, books), bare: timesOf(bare.seen, books) },
		},
		words: [memory, work, host, counted, ...books.complaints.slice(0, 5)].join("\n"),
	};
}

type Day = {
	readonly seen: readonly Seen[];
	readonly cpuMs: number;
	/** How much of all processors' time a host has given to others, of 1; 0 where the machine is real. */
	readonly stolen: number;
};

/** Customers that nobody counts, and then those of the day. */
async function day(tills: readonly Till[], each: number, pid: number): Promise<Day> {
	await round(tills, uncounted, "warm");
	const [cpuBefore, before] = [cpuMsOf(pid), processors()];
	const seen = await round(tills, each, "day");
	const after = processors();
	const stolen = (after.stolen - before.stolen) / (after.all - before.all);
	return { seen, cpuMs: cpuMsOf(pid) - cpuBefore, stolen };
}

function round(tills: readonly Till[], each: number, name: string): Promise<Seen[]> {
	const startAt = process.hrtime.bigint() + 100_000_000n;
	const everyMs = (many * 1_000) / perSecond;
	return Promise.all(
		tills.map((till, index) => till.serve(arrivals(seed + index, each, everyMs), startAt, name)),
	);
}

async function bareDay(shop: Shop, each: number): Promise<Day> {
	const bare = await shop.bare();
	const tills = await Promise.all(
		shop.tills.map(({ terminal }) => bareTill(`bare-${terminal}`, bare.socketPath)),
	);
	const seen = await day(tills, each, bare.pid);
	for (const till of tills) till.close();
	await bare.stop();
	return seen;
}

/** From the moment at which each key was to be pressed to the first byte at the server, ms. */
function timesOf(seen: readonly Seen[], { checkouts }: Books): number[] {
	const arrived = new Map(checkouts.map(({ orderId, firstByteAt }) => [orderId, BigInt(firstByteAt)]));
	return seen.flatMap(({ intended }) =>
		[...intended].map(([orderId, at]) => Number((arrived.get(orderId) ?? at) - at) / 1e6),
	);
}

/** Nothing is lost and nothing doubled: each wish has one operation, checkout, event and slip, and its own till. */
function countsOf(seen: readonly Seen[], books: Books, journal: ReturnType<Shop["journal"]>): string {
	const wished = new Set(seen.flatMap(({ intended }) => [...intended.keys()]));
	const isOfDay = (orderId: string) => orderId.startsWith("day-till");
	const counts = {
		operations: journal.operations.filter(isOfDay),
		checkouts: books.checkouts.map(({ orderId }) => orderId).filter(isOfDay),
		paid: books.paid.filter(isOfDay),
		"settled in the journal": journal.settled.filter(isOfDay),
		"settled events": seen.flatMap(({ settled }) => settled),
		slips: journal.slips.filter(isOfDay),
	};
	const wrong = Object.entries(counts).filter(
		([, orders]) => orders.length !== wished.size || new Set(orders).size !== wished.size,
	);
	const strayed = books.checkouts.filter(
		({ orderId, terminalId }) => isOfDay(orderId) && !orderId.startsWith(`day-${terminalId}-`),
	);
	const told = Object.entries(counts).map(([name, orders]) => `${orders.length} ${name}`);
	const verdict =
		wrong.length + strayed.length === 0 ? "nothing lost, doubled or strayed" : "THEY DO NOT AGREE";
	return `${wished.size} wishes, ${told.join(", ")}: ${verdict}`;
}

/** MB, by the kernel (proc_pid_status: VmRSS, VmHWM). */
function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	const mb = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
	return { now: mb("VmRSS"), peak: mb("VmHWM") };
}

/** Of all processors together, by the kernel (proc_stat: user, nice, system, idle, iowait, irq, softirq, steal). */
function processors(): { readonly stolen: number; readonly all: number } {
	const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
	const ticks = line.split(/\s+/).slice(1, 9).map(Number);
	return { stolen: ticks[7] ?? 0, all: ticks.reduce((sum, some) => sum + some, 0) };
}

/** Of a process and all its threads, by the kernel (proc_pid_stat: utime and stime, in ticks of 10 ms). */
function cpuMsOf(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
	const [user, system] = stat
		.slice(stat.lastIndexOf(")") + 2)
		.split(" ")
		.slice(11, 13);
	return (Number(user) + Number(system)) * 10;
}
