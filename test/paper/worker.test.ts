import { expect, test } from "vitest";
import type { PrintRecord } from "../../src/journal/print-reader.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { PrintVerdict } from "../../src/model/print.ts";
import { printWorker, type WorkerTools } from "../../src/paper/worker.ts";
import { cannotBegin, onPaper, prints, scriptedPrinter } from "../paper-kit.ts";

const recordOf = (id: number): PrintRecord => ({
	...{ id, subject: { document: "self-test" }, mark: "original", printer: "receipt" },
	...{ state: "queued", queuedAt: 0 },
});

/** A worker over a queue in memory. */
function atWork(...ids: readonly number[]) {
	const waiting = ids.map(recordOf);
	const begun: number[] = [];
	const judged: [number, PrintVerdict][] = [];
	const failures: unknown[] = [];
	const state = { held: false };
	const { printer, blocks, script } = scriptedPrinter();
	const tools: WorkerTools = {
		prints: {
			next: () => waiting[0],
			find: (id) => waiting.find((print) => print.id === id),
			isHeld: () => state.held,
			mayHaveBrokenOff: () => false,
			begin: (id) => void begun.push(id),
		},
		blockOf: () => [{ kind: "cut" }],
		isTooOld: () => false,
		judge: ({ id }, verdict) => {
			judged.push([id, verdict]);
			waiting.shift();
		},
		began: () => undefined,
		waits: () => undefined,
		passOn: () => false,
		fail: (error) => failures.push(error),
	};
	const worker = (changes: Partial<WorkerTools> = {}) => printWorker(printer, { ...tools, ...changes });
	return { worker, waiting, begun, judged, failures, state, blocks, script };
}

test("all that waits is printed, one after the other, and what comes meanwhile too", async () => {
	const { worker, waiting, begun, judged, script } = atWork(1, 2);
	let [running, most] = [0, 0];
	script.fate = async (hooks, block) => {
		running += 1;
		most = Math.max(most, running);
		if (begun.length === 0) waiting.push(recordOf(3));
		await new Promise(setImmediate);
		running -= 1;
		return prints(hooks, block);
	};
	const one = worker();
	one.wake();
	one.wake();
	while (judged.length < 3) await new Promise(setImmediate);
	expect([begun, judged.map(([id]) => id), most]).toEqual([[1, 2, 3], [1, 2, 3], 1]);
});

test("a worker that is woken when it has just run dry works again", async () => {
	const { worker, waiting, judged } = atWork(1);
	const one = worker();
	one.wake();
	while (judged.length < 1) await Promise.resolve();
	waiting.push(recordOf(2));
	one.wake();
	await new Promise(setImmediate);
	expect(judged.map(([id]) => id)).toEqual([1, 2]);
});

test("after a failure the next print gets its own try, and the failed one none", async () => {
	const { worker, judged, script } = atWork(1, 2);
	script.fate = cannotBegin("printer-unreachable");
	worker().wake();
	await new Promise(setImmediate);
	const verdict = { state: "not-printed", fault: "printer-unreachable" };
	expect(judged).toEqual([
		[1, verdict],
		[2, verdict],
	]);
});

test.each<[string, (at: ReturnType<typeof atWork>) => void]>([
	["held", ({ state }) => void Object.assign(state, { held: true })],
	["taken back", ({ waiting }) => void waiting.splice(0)],
])(
	"a print that is %s while the printer is being reached is neither sent nor told as failed",
	async (_, change) => {
		const all = atWork(1);
		all.script.fate = async (hooks, block) => {
			await new Promise(setImmediate);
			change(all);
			return prints(hooks, block);
		};
		const taken = () => {
			throw new FaultError("print-cancelled");
		};
		const begin = (id: number) => (all.waiting.length === 0 ? taken() : void all.begun.push(id));
		const one = all.worker({
			prints: {
				next: () => all.waiting[0],
				find: (id) => all.waiting.find((print) => print.id === id),
				isHeld: () => all.state.held,
				mayHaveBrokenOff: () => false,
				begin,
			},
		});
		one.wake();
		await new Promise(setImmediate);
		await one.stop();
		expect([all.begun, all.judged, all.blocks, all.failures]).toEqual([[], [], [], []]);
	},
);

test("told to stop it begins nothing more, and waits for what has begun", async () => {
	const { worker, judged, script } = atWork(1, 2);
	const done = Promise.withResolvers<void>();
	script.fate = async ({ begun }) => {
		begun();
		await done.promise;
		return onPaper;
	};
	const one = worker();
	one.wake();
	const stopped = one.stop();
	one.wake();
	done.resolve();
	await stopped;
	expect(judged.map(([id]) => id)).toEqual([1]);
});

test("a document that cannot be made, or is not there, costs its print and nothing else", async () => {
	const { worker, judged, failures } = atWork(1, 2);
	const blockOf = ({ id }: PrintRecord) => {
		if (id === 1) throw new TypeError("half a letter");
		return undefined;
	};
	worker({ blockOf }).wake();
	await new Promise(setImmediate);
	expect(judged).toMatchObject([
		[1, { state: "not-printed", fault: "internal-failure", detail: "TypeError: half a letter" }],
		[2, { state: "not-printed", fault: "document-not-available" }],
	]);
	expect(failures).toEqual([]);
});

test("a journal that fails is told, and no print goes on", async () => {
	const { worker, judged, failures } = atWork(1, 2);
	const judge = () => {
		throw new FaultError("journal-failed", "the disk");
	};
	worker({ judge }).wake();
	await new Promise(setImmediate);
	expect([judged, failures.map(String)]).toEqual([[], ["FaultError: journal-failed: the disk"]]);
});

test("what could not begin and goes to another printer has no verdict here", async () => {
	const { worker, waiting, judged, script } = atWork(1);
	script.fate = cannotBegin("printer-paper-out");
	worker({ passOn: () => waiting.shift() !== undefined }).wake();
	await new Promise(setImmediate);
	expect(judged).toEqual([]);
});
