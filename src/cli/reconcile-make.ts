import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { systemClock as clock } from "../clock.ts";
import { openLedger } from "../journal/ledger.ts";
import { readJournal } from "../journal/read-journal.ts";
import type { Log } from "../model/log.ts";
import { nothingToSync } from "../model/on-disk.ts";
import type { Period } from "../model/shift-report.ts";
import { atOnce } from "../model/turns.ts";
import { openPayClient } from "../pay/client.ts";
import { exitCodes } from "./exit-codes.ts";
import { progressOn } from "./progress.ts";
import type { ReconcileFlags } from "./reconcile.ts";
import { differencesOf } from "./reconcile-compare.ts";
import {
	type Reconciliation,
	reconcileCsv,
	reconcileJson,
	reconcileSummary,
	reconcileTable,
} from "./reconcile-report.ts";
import { askAll } from "./reconcile-run.ts";
import { type ReconcileSettings, readReconcileSettings } from "./reconcile-settings.ts";
import { printOut } from "./report-out.ts";
import { periodOf } from "./report-period.ts";

/** A file or a pipe gets a line for so many. */
const tellEvery = 25;

const nothing = () => undefined;
const silent: Log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Holds a time against the server and tells what differs; the exit code is 1 when something does, or could not be asked.
 * @throws {FaultError} `config-invalid` when something in the settings is wrong; `journal-failed`; that of the server
 * when it refuses every question.
 */
export async function reconcile(flags: ReconcileFlags, command: Command): Promise<void> {
	const period = periodOf(flags, clock.now());
	if (period.from >= period.to) command.error("error: expected the end of the time after its beginning");
	const settings = readReconcileSettings(flags.config, process.env);
	const done = await held(period, settings);
	if (flags.format === "table") {
		await printOut(reconcileTable(done, process.stdout.isTTY ? process.stdout.columns : undefined));
	} else {
		await printOut(flags.format === "csv" ? reconcileCsv(done) : reconcileJson(done));
		process.stderr.write(`${reconcileSummary(done)}\n`);
	}
	if (done.differences.length > 0) process.exitCode = exitCodes.fault;
}

/** The journal is read at once, and closed while the server is asked: that takes minutes. */
async function held(period: Period, settings: ReconcileSettings): Promise<Reconciliation> {
	const { store, payApi } = settings;
	const { rows, refunded } = read(period, settings);
	const client = openPayClient({ ...payApi, connections: 1 }, credentialsOf(settings), silent, clock, {
		onDisk: nothingToSync,
		turn: atOnce,
	});
	const progress = progressOn(process.stderr, rows.length, "payments and refunds");
	const stop = stopOnInterrupt();
	const tools = { client, settings: payApi, clock, newId: randomUUID, random: Math.random, stop };
	const tell = (done: number) => {
		if (process.stderr.isTTY || done % tellEvery === 0 || done === rows.length) progress.tell(done);
	};
	try {
		const compared = await askAll(rows, tools, tell);
		const differences = compared.flatMap((one) =>
			differencesOf(one, refunded.has(one.row.paymentTransactionId?.toLowerCase() ?? "")),
		);
		return { from: period.from, to: period.to, storeId: store.storeId, compared, differences };
	} finally {
		progress.end();
		await client.close();
	}
}

function read(period: Period, { journal: { folder } }: ReconcileSettings) {
	const journal = readJournal(folder);
	try {
		const ledger = openLedger(journal);
		return { rows: ledger.between(period), refunded: ledger.refunded(period) };
	} finally {
		journal.close();
	}
}

function credentialsOf({ payApi: { login }, password, ca }: ReconcileSettings) {
	return { login, password, ...(ca !== undefined && { ca }) };
}

/** The first Ctrl-C ends the asking; what was asked by then is told. */
function stopOnInterrupt(): AbortSignal {
	const stop = new AbortController();
	process.once("SIGINT", () => stop.abort("stopped"));
	return stop.signal;
}
