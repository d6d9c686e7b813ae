/** A thread that reads a whole journal once and says with one message what is wrong with it. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { Examined } from "./examine.ts";
import { readKey } from "./key-file.ts";
import { readJournal } from "./read-journal.ts";
import { refuseForeign, version, versionOf } from "./schema.ts";
import { verifyJournal } from "./verify.ts";

/** How long another program's lock is waited for, ms. */
const busyMs = 2_000;

function examined(folder: string): Examined {
	const { damage, isOlder } = fileIn(join(folder, "journal.db"));
	// The chain of a journal that was not brought up to date is that of another kassad.
	if (damage !== "" || isOlder) return { wrong: damage, rows: 0, head: "-" };
	const reader = readJournal(folder);
	try {
		const { findings, untold, rows, head } = verifyJournal(reader, readKey(join(folder, "journal.key")));
		const [first] = findings;
		const all = findings.length + untold;
		const where = first && "table" in first ? `${first.table} ${first.row ?? ""}` : "";
		const wrong = first === undefined ? "" : `${all}: ${first.kind} ${where}`.trim();
		return { wrong, rows, head: `${head.number}:${head.link}` };
	} finally {
		reader.close();
	}
}

/** What SQLite says of the file; more than the first faults would help nobody. */
function fileIn(path: string): { readonly damage: string; readonly isOlder: boolean } {
	const file = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
	try {
		refuseForeign(file, path);
		const faults = file
			.prepare("PRAGMA quick_check(3)")
			.all()
			.map((row) => String(Object.values(row)[0]));
		const damage = faults.filter((words) => words !== "ok").join("; ");
		return { damage, isOlder: versionOf(file) < version };
	} finally {
		file.close();
	}
}

function told(folder: string): Examined {
	try {
		return examined(folder);
	} catch (error) {
		return { wrong: error instanceof Error ? error.message : String(error), rows: 0, head: "-" };
	}
}

parentPort?.postMessage(told(String(workerData)));
