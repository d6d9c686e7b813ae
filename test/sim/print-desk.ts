import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadDocuments } from "../../src/documents.ts";
import { type Journal, openJournal } from "../../src/journal/journal.ts";
import { loadMessages } from "../../src/messages.ts";
import type { Clock } from "../../src/model/clock.ts";
import type { Log } from "../../src/model/log.ts";
import { kopecks } from "../../src/model/money.ts";
import { settings as schema } from "../../src/model/settings/settings.ts";
import { Paper } from "../../src/paper.ts";
import type { Printers } from "../../src/printers/printers.ts";
import type { Rooms } from "../../src/rooms.ts";

const config = join(import.meta.dirname, "../../config");

/** As a shop gets them; the printer opens a connection for each print, which numbers the bytes of each. */
const shipped = schema.parse(parse(readFileSync(join(config, "kassad.yaml"), "utf8")));
export const settings = {
	...shipped,
	printers: shipped.printers.map((printer) => ({ ...printer, driver: "epson-tm-t20iii", keepOpen: false })),
};
const documents = loadDocuments();
const { explain } = loadMessages("ru", { minutes: "5" });

const quiet = () => undefined;
export const log: Log = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };

/** The journal of one life of the till. */
export function openDeskJournal(folder: string, clock: Clock): Journal {
	return openJournal({ ...settings.journal, folder, mostRecentEvents: 256 }, clock);
}

/**
 * All of a till that has to do with paper, in one of its lives: the real queue over a real journal, and nothing else.
 * It goes on with whatever the last life has left.
 */
export function openPrintDesk(
	journal: Journal,
	printers: Printers,
	clock: Clock,
	fail: (error: unknown) => void,
) {
	const rooms = { journal, printers, clock, settings, documents, explain, log };
	const paper = new Paper(rooms as unknown as Rooms, fail);
	return {
		open: () => paper.open(),
		/** Wants a fiscal receipt of about 2 KB on paper. Its name is on it, near both of its ends. */
		print: (name: string) => {
			const operationId = `operation ${name}`;
			journal.begin({ key: `key of ${name}`, bodyHash: "", operation: receipt(name, operationId) });
			const subject = { document: "fiscal-receipt", operationId } as const;
			const printer = settings.printers[0]?.name ?? "";
			journal.prints.ask({ key: `print of ${name}`, bodyHash: "", subject, printer });
			paper.wake(printer);
		},
		/** Whether everything has its verdict. */
		isQuiet: () =>
			["queued", "printing"].every((state) => journal.prints.inState(state as "queued").length === 0),
	};
}

const amount = kopecks(12_345);
const items = Array.from({ length: 12 }, (_, index) => ({
	...{ name: `Молоко отборное пастеризованное, ${index + 1} л`, article: `A${index}`, price: amount },
	...{ quantity: 1, totalAmount: amount, tax: "vat110" },
}));

function receipt(name: string, id: string) {
	const invoice = {
		...{ orderId: headOf(name), totalAmount: kopecks(12 * amount), items, receiptId: "1", shift: "42" },
		...{ merchantName: "ООО «Пример»", merchantAddress: "Москва, Примерная ул., 1", inn: "007701234567" },
		...{ dateTime: "2026-11-24T12:00:00+03:00", cashier: "Иванова А. Б.", receiptType: "debit" },
		website: tailOf(name),
	};
	const wish = { transactionId: "transaction 1", invoice };
	return { kind: "receipt", id, requestId: `request ${name}`, wish, startedAt: 1_772_359_400_000 } as const;
}

/** What stands near the beginning of a print, and near its end. */
export const headOf = (name: string) => `head-${name}`;
export const tailOf = (name: string) => `tail-${name}`;
