import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { refuseForeign } from "./schema.ts";

/** How long another program's lock is waited for, ms. */
const busyMs = 2_000;

/** What SQLite says of the file, "" when it is sound; more than the first faults would help nobody. */
function examined(path: string): string {
	const file = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
	try {
		refuseForeign(file, path);
		const faults = file
			.prepare("PRAGMA quick_check(3)")
			.all()
			.map((row) => String(Object.values(row)[0]));
		return faults.filter((words) => words !== "ok").join("; ");
	} finally {
		file.close();
	}
}

function told(path: string): string {
	try {
		return examined(path);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

parentPort?.postMessage(told(String(workerData)));
