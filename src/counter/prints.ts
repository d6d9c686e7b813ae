import type { Journal } from "../journal/journal.ts";
import type { PrintRecord } from "../journal/print-reader.ts";
import type { PrintWish } from "../journal/prints.ts";
import { FaultError } from "../model/fault.ts";
import type { PrintSubject } from "../model/print.ts";
import type { Paper } from "../paper.ts";
import type { PrintMethods } from "../pos/print-methods.ts";
import type { Rooms } from "../rooms.ts";
import { sameAnswer } from "./first-answer.ts";
import { periodAsked } from "./periods.ts";
import { printerFor } from "./printers.ts";
import { printerOf } from "./tills.ts";

type Desks = Omit<PrintMethods, "print.hold" | "print.release" | "printer.status">;
type Wanted = Parameters<PrintMethods["print.document"]>[0];
type DeskRooms = Pick<Rooms, "journal" | "printers" | "clock" | "settings">;

/** Where POS programs ask for paper, and answer what kassad asks of it. */
export function printDesks(rooms: DeskRooms, paper: Paper): Desks {
	const { journal, printers, settings } = rooms;
	const { prints } = journal;
	/** Of the till that it is about. */
	const ownPrinter = (subject: PrintSubject) => {
		if (!("operationId" in subject)) return undefined;
		const terminal = journal.find({ id: subject.operationId })?.terminal;
		return printerOf(terminal, settings.store, printers);
	};
	const ask = (wish: PrintWish) => {
		const asked = sameAnswer(prints.ask(wish), wish.bodyHash);
		paper.queued(asked.printId);
		return asked;
	};
	return {
		"print.list": async (wanted) => ({ prints: prints.list(wanted).map((print) => paper.viewOf(print)) }),
		"print.get": async ({ printId }) => paper.viewOf(found(printId, journal)),
		"print.again": async ({ key, printId, printer: wanted }, bodyHash) => {
			const first = prints.answerFor(key);
			if (first !== undefined) return sameAnswer(first, bodyHash);
			const { subject, printer } = found(printId, journal);
			const still = printers.find(printer) && printer;
			return ask({ key, bodyHash, subject, printer: printerFor(wanted ?? still, printers), again: printId });
		},
		"print.document": async (wanted, bodyHash) => {
			const { key, printer } = wanted;
			const first = prints.answerFor(key);
			if (first !== undefined) return sameAnswer(first, bodyHash);
			const subject = subjectOf(wanted, rooms);
			return ask({ key, bodyHash, subject, printer: printerFor(printer ?? ownPrinter(subject), printers) });
		},
		...answerDesks(rooms, paper),
	};
}

/** What the cashier finds, and takes back. */
function answerDesks({ journal }: DeskRooms, paper: Paper): Pick<Desks, "print.resolve" | "print.cancel"> {
	const { prints } = journal;
	return {
		"print.resolve": async ({ printId, onPaper }) => {
			const print = found(printId, journal);
			const resolved = onPaper ? "on-paper" : "not-on-paper";
			const view = paper.viewOf({ ...print, resolved });
			if (print.resolved === resolved) return view;
			const { seq } = prints.resolve(printId, resolved, view);
			paper.tell(print, "the cashier looked at the paper", { step: "print-resolved", outcome: resolved });
			paper.tell(print, "event told", { step: "told", outcome: resolved, event: seq });
			return view;
		},
		"print.cancel": async ({ printId }) => {
			const print = found(printId, journal);
			const view = paper.viewOf({ ...print, state: "cancelled", fault: "print-cancelled" });
			if (print.state === "cancelled") return view;
			const { seq } = prints.cancel(printId, view);
			const facts = { outcome: "cancelled", fault: "print-cancelled" };
			paper.tell(print, "print taken back", { step: "print-judged", ...facts });
			paper.tell(print, "event told", { step: "told", outcome: facts.outcome, event: seq });
			return view;
		},
	};
}

function found(printId: number, { prints }: Pick<Journal, "prints">): PrintRecord {
	const print = prints.find(printId);
	if (print === undefined) throw new FaultError("print-not-found");
	return print;
}

/** @throws {FaultError} when the journal has no such document, or the moments of a shift make no sense. */
function subjectOf(wanted: Wanted, rooms: DeskRooms): PrintSubject {
	const { journal } = rooms;
	if (wanted.document === "self-test") return { document: "self-test" };
	if (wanted.document === "shift-report") {
		const { document, key: _, printer: __, ...asked } = wanted;
		const { own: ___, ...period } = periodAsked(asked, rooms);
		return { document, ...period };
	}
	const { document, operationId } = wanted;
	const record = journal.find({ id: operationId });
	if (record === undefined) throw new FaultError("operation-not-found");
	const { kind, state } = record;
	const hasIt = document === "fiscal-receipt" ? kind === "receipt" : kind === document && state === "settled";
	if (hasIt) return { document, operationId };
	throw new FaultError("document-not-available", `operation ${operationId} is a ${kind}, and it is ${state}`);
}
