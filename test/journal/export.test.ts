import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { exportedTables, exportRows, withheldTables } from "../../src/journal/export.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { days, storyTill } from "../cli/story-kit.ts";
import { intentOf, markedCard, receiptOf, settled } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Every line of an export, read as JSON. */
function exported(folder: string, period = always) {
	const reader = readJournal(folder);
	const lines: string[] = [];
	const { rows, head } = exportRows(reader, period, (line) => lines.push(line));
	reader.close();
	const parsed = lines.map((line): Record<string, unknown> => JSON.parse(line));
	return { lines, rows, head, of: (table: string) => parsed.filter((line) => line.table === table) };
}

test("every column of every table is exported, or withheld with a reason", () => {
	const folder = temporaryFolder();
	opened(folder);
	const file = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const tables = file
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
		.all()
		.map(({ name }) => String(name));
	expect(tables.toSorted()).toEqual(
		[...Object.keys(exportedTables), ...Object.keys(withheldTables)].toSorted(),
	);
	for (const [table, { fields, withheld }] of Object.entries(exportedTables)) {
		const columns = file.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
		const shown = Object.values(fields).join(" ");
		const forgotten = columns
			.map(({ name }) => String(name))
			.filter((name) => withheld[name] === undefined && !new RegExp(`\\b${name}\\b`).test(shown));
		expect(forgotten, table).toEqual([]);
		expect(Object.values(withheld).filter((why) => why === "")).toEqual([]);
	}
	file.close();
});

test("a payment is exported with its requests, slip, print and events, as they stand in the journal", () => {
	const till = storyTill();
	days.settled(till);
	const { of, rows, head } = exported(till.folder);
	expect(of("operations")).toEqual([
		expect.objectContaining({
			...{ number: 1, id: "operation 123", kind: "payment", orderId: "order 123", amount: 85_900 },
			...{ state: "settled", startedAt: "2026-03-01T10:00:00.000Z", card: "77*************2345" },
			purchase: expect.objectContaining({ items: expect.any(Array) }),
			paymentTypes: expect.any(Array),
		}),
	]);
	const checkout = { call: "checkout", requestId: "request 123", result: "answered", summary: "created" };
	expect(of("attempts")[0]).toMatchObject({ ...checkout, endedAt: "2026-03-01T10:00:00.312Z" });
	expect(of("slips")).toEqual([
		expect.objectContaining({ ofOperation: "operation 123", paymentType: "SBP" }),
	]);
	expect(of("prints")[0]).toMatchObject({
		state: "printed",
		document: "payment",
		operationId: "operation 123",
	});
	expect(of("chain").at(-1)).toMatchObject({
		number: head.number,
		link: expect.stringMatching(/^[0-9a-f]{64}$/),
	});
	for (const [table, count] of Object.entries(rows)) expect(of(table)).toHaveLength(count);
});

test("a period has what began in it, with all that belongs to that, whenever it came", () => {
	const folder = temporaryFolder();
	const clock = handClock();
	const journal = opened(folder, clock);
	const noon = clock.at;
	for (const [name, ms] of Object.entries({ first: 0, second: 60_000, third: 120_000 })) {
		const { operation, ...intent } = intentOf(name);
		journal.begin({ ...intent, operation: { ...operation, startedAt: noon + ms } });
		clock.at = noon + 300_000;
		journal.finish(operation.id, settled, { eventBody: {}, print: { printer: "front" } });
	}
	const { of } = exported(folder, { from: noon + 60_000, to: noon + 120_000 });
	expect(of("operations")).toMatchObject([{ id: "operation second" }]);
	expect(of("attempts")).toMatchObject([{ operationId: "operation second" }]);
	expect(of("slips")).toMatchObject([{ ofOperation: "operation second" }]);
	expect(of("prints")).toMatchObject([{ operationId: "operation second" }]);
});

test("neither card, session, keys nor what a bank or a fiscal receipt adds is exported, though the journal has them", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "paid");
	const unlisted = { unlisted: { note: "CANARYUNLISTED" } };
	journal.finish(
		"operation paid",
		{ ...settled, slip: { ...settled.slip, ...unlisted } },
		{ eventBody: unlisted },
	);
	const receipt = receiptOf("transaction 1", "receipt");
	journal.begin(receipt);
	begun(journal, "open");
	const { lines } = exported(folder);
	const all = lines.join("\n");
	expect(all).toContain("operation open");
	const { sealed, marked } = secretsOf(folder);
	for (const secret of [
		markedCard.number,
		markedCard.session,
		"CANARYUNLISTED",
		receipt.key,
		...sealed,
		...marked,
	]) {
		expect(all).not.toContain(secret);
	}
});

/** What the journal keeps hidden, in hexadecimal. */
function secretsOf(folder: string) {
	const file = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const rows = file
		.prepare("SELECT lower(hex(sealed)) AS sealed, lower(hex(session_mark)) AS mark FROM operations")
		.all();
	file.close();
	const texts = (name: string) =>
		rows.map((row) => String(row[name])).filter((text) => text !== "" && text !== "null");
	expect(texts("sealed").length).toBeGreaterThan(0);
	return { sealed: texts("sealed"), marked: texts("mark") };
}
