import type { Command } from "commander";
import { systemClock } from "../clock.ts";
import { readJournalSettings } from "./journal-settings.ts";
import type { ReportFlags, ReportFormat } from "./report.ts";
import { csvMark, csvOf } from "./report-csv.ts";
import { type DayReport, readReport } from "./report-day.ts";
import { jsonMark, jsonOf } from "./report-json.ts";
import { printOut, writeReport } from "./report-out.ts";
import { periodOf } from "./report-period.ts";
import { summaryOf, tableMark, tableOf } from "./report-table.ts";
import { xlsxMark, xlsxOf } from "./report-xlsx.ts";

type Written = { readonly mark: string; of(report: DayReport): string | Promise<Uint8Array> };

const formats: Readonly<Record<ReportFormat, Written>> = {
	table: { mark: tableMark, of: (report) => tableOf(report, undefined) },
	csv: { mark: csvMark, of: csvOf },
	json: { mark: jsonMark, of: jsonOf },
	xlsx: { mark: xlsxMark, of: xlsxOf },
};

/**
 * Reads the journal and writes the report to a file or to the standard output. A file of a format that holds rows alone
 * does not show the totals at once, so they are told on the standard error.
 * @throws {FaultError} `config-invalid` when something in the settings is wrong or the file cannot be written;
 * `journal-failed` when the journal cannot be read.
 */
export async function makeReport(flags: ReportFlags, command: Command): Promise<void> {
	const { out, store, terminal, shift } = flags;
	const format = flags.format ?? formatOf(out) ?? "table";
	const now = systemClock.now();
	const period = periodOf(flags, now);
	if (period.from >= period.to) command.error("error: expected the end of the time after its beginning");
	if (format === "xlsx" && out === undefined && process.stdout.isTTY) {
		command.error("error: a workbook is nothing for a terminal: give --out FILE");
	}
	const { journal, store: till } = readJournalSettings(flags.config);
	const only = {
		...(store !== undefined && { storeId: store }),
		...(terminal !== undefined && { terminalId: terminal }),
	};
	const time = shift === undefined ? period : { shift, now };
	const report = readReport(journal.folder, { ...time, store: till, ...only });
	const onTerminal = format === "table" && out === undefined && process.stdout.isTTY;
	const { mark, of } = formats[format];
	const content = onTerminal ? tableOf(report, process.stdout.columns) : await of(report);
	if (out === undefined) await printOut(content);
	else writeReport(out, content, mark);
	if (out !== undefined || format === "csv" || format === "xlsx")
		process.stderr.write(`${summaryOf(report)}\n`);
	if (out !== undefined) process.stderr.write(`Written: ${out}\n`);
}

/** By the end of its name. */
function formatOf(out: string | undefined): ReportFormat | undefined {
	const [, end] = /\.(csv|xlsx|json)$/i.exec(out ?? "") ?? [];
	return end?.toLowerCase() as ReportFormat | undefined;
}
