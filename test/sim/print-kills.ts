import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { startPrinter } from "../../hardware-mocks/printer.ts";
import { type PrintBooks, printBooks } from "./print-books.ts";
import { PrintBudget } from "./print-budget.ts";

const program = join(import.meta.dirname, "print-child.ts");

/**
 * Kills a till that prints over TCP, again and again: each process goes on with what the last one left, wants one more
 * print, and gets SIGKILL when the printer has taken so many bytes, not one more. The last one is left in peace.
 * @param offsets how many bytes each process has to live.
 */
export async function killAtBytes(folder: string, offsets: readonly number[]): Promise<PrintBooks> {
	const printer = await startPrinter({ model: "tm-t20iii" });
	const guard = await guardBefore(printer.port);
	try {
		for (const [index, offset] of offsets.entries()) {
			await live(folder, String(index).padStart(4, "0"), offset, guard);
		}
		await live(folder, "9999", Number.POSITIVE_INFINITY, guard);
		return printBooks(folder, (text) => printer.timesOnPaper(text));
	} finally {
		await guard.close();
		await printer.close();
	}
}

/** How many bytes a print takes that nobody ends, its questions to the printer included. */
export async function bytesOfOnePrint(folder: string): Promise<number> {
	const printer = await startPrinter({ model: "tm-t20iii" });
	const guard = await guardBefore(printer.port);
	try {
		await live(folder, "only", Number.POSITIVE_INFINITY, guard);
		return guard.passed();
	} finally {
		await guard.close();
		await printer.close();
	}
}

type Guard = Awaited<ReturnType<typeof guardBefore>>;

async function live(folder: string, name: string, bytesToLive: number, guard: Guard): Promise<void> {
	const till = spawn(process.execPath, [program, folder, String(guard.port), name], {
		stdio: ["ignore", "ignore", "inherit"],
	});
	guard.watch(till, bytesToLive);
	const [code, signal] = await once(till, "exit");
	if (signal !== "SIGKILL" && code !== 0) throw new RangeError(`till ${name} ended with ${code ?? signal}`);
	await guard.left();
}

/** Stands before the printer and lets pass so many bytes of a till; then the till is dead, and nothing passes any more. */
async function guardBefore(printer: number) {
	let till: ChildProcess | undefined;
	let budget = new PrintBudget(0);
	const open = new Set<Promise<unknown>>();
	const pass = (bytes: Buffer, to: Socket) => {
		const taken = bytes.subarray(0, budget.take(bytes));
		if (taken.length > 0) to.write(taken);
		if (taken.length < bytes.length) till?.kill("SIGKILL");
	};
	const server = createServer((from) => {
		const to = connect(printer, "127.0.0.1");
		from.setNoDelay(true).on("error", () => from.destroy());
		to.setNoDelay(true).on("error", () => from.destroy());
		from.on("data", (bytes) => pass(bytes, to)).on("close", () => to.end());
		to.on("data", (bytes) => from.write(bytes)).on("end", () => from.end());
		const closed = once(to, "close").finally(() => open.delete(closed));
		open.add(closed);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		port: (server.address() as AddressInfo).port,
		passed: () => budget.passed,
		watch: (process: ChildProcess, bytesToLive: number) => {
			till = process;
			budget = new PrintBudget(bytesToLive);
		},
		/** Resolves when the printer has everything that passed. */
		left: () => Promise.allSettled(open),
		close: async () => {
			server.close();
			await once(server, "close");
		},
	};
}
