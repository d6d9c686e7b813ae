import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { getSystemErrorMessage } from "node:util";
import type { Command } from "commander";
import { systemClock } from "../clock.ts";
import { exportRows } from "../journal/export.ts";
import { readJournal } from "../journal/read-journal.ts";
import { version } from "../journal/schema.ts";
import { FaultError } from "../model/fault.ts";
import type { ExportFlags } from "./journal-export.ts";
import { readJournalSettings } from "./journal-settings.ts";

/** Of the lines' fields. */
const formatVersion = 1;
/** Characters. */
const pieceLength = 65_536;

/**
 * Writes the journal's rows into a new file for this user alone, whole or not at all.
 * @throws {FaultError} `config-invalid` when the file cannot be written, `journal-failed` when the journal cannot be read.
 */
export function exportJournal({ config, out, from, to }: ExportFlags, command: Command): void {
	const period = { from: from?.at ?? 0, to: to?.dayEnd ?? to?.at ?? Number.MAX_SAFE_INTEGER };
	if (period.from >= period.to) command.error("error: expected the end of the time after its beginning");
	if (existsSync(out)) throw refused(out, "it is there already; name another");
	const { journal, store } = readJournalSettings(config);
	const reader = readJournal(journal.folder);
	try {
		const first = {
			...{ table: "export", format: formatVersion, journal: version, storeId: store.storeId },
			...{ terminalId: store.terminalId, exportedAt: iso(systemClock.now()) },
			...(from && { from: iso(period.from) }),
			...(to && { to: iso(period.to) }),
		};
		const { rows, chain } = written(out, (write) => {
			write(JSON.stringify(first));
			const { rows, head } = exportRows(reader, period, write);
			const chain = `${head.number}:${head.link}`;
			write(JSON.stringify({ table: "end", rows, chain }));
			return { rows, chain };
		});
		const counts = Object.entries(rows).map(([table, count]) => `${count} ${table}`);
		process.stderr.write(
			`Written: ${out}: ${counts.join(", ")}.\nThe journal's chain had come to ${chain}\n`,
		);
	} finally {
		reader.close();
	}
}

const iso = (at: number): string => new Date(at).toISOString();

/** Nobody else may read it: who bought what, and when, is nobody's business. */
function written<T>(path: string, work: (write: (line: string) => void) => T): T {
	const unfinished = `${path}.${process.pid}.new`;
	try {
		const file = openSync(unfinished, "wx", 0o600);
		try {
			const { write, flush } = inPieces(file);
			const result = work(write);
			flush();
			fsyncSync(file);
			renameSync(unfinished, path);
			return result;
		} finally {
			closeSync(file);
		}
	} catch (error) {
		rmSync(unfinished, { force: true });
		if (error instanceof FaultError || !(error instanceof Error) || !("errno" in error)) throw error;
		throw refused(path, getSystemErrorMessage(Number(error.errno)));
	}
}

/** Lines are collected until they are worth a write. */
function inPieces(file: number) {
	let waiting: string[] = [];
	let length = 0;
	const flush = () => {
		if (waiting.length > 0) writeAll(file, Buffer.from(`${waiting.join("\n")}\n`));
		[waiting, length] = [[], 0];
	};
	const write = (line: string) => {
		waiting.push(line);
		length += line.length;
		if (length > pieceLength) flush();
	};
	return { write, flush };
}

/** The system may take less at a time. */
function writeAll(file: number, bytes: Uint8Array): void {
	for (let at = 0; at < bytes.length; at += writeSync(file, bytes, at));
}

const refused = (path: string, why: string) =>
	new FaultError("config-invalid", `cannot write ${path}: ${why}`);
