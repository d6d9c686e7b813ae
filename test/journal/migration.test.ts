import { expect, test } from "vitest";
import { openJournal } from "../../src/journal/journal.ts";
import { version } from "../../src/journal/schema.ts";
import { folderSettings, markedCard, refundOf } from "./intents.ts";
import { contents, handClock, opened, temporaryFolder } from "./kit.ts";
import {
	folderOfVersion1,
	folderOfVersion2,
	folderOfVersion3,
	folderOfVersion4,
	folderOfVersion5,
	inDatabase,
	tablesOf,
} from "./migration-kit.ts";

test.each([
	["1", folderOfVersion1],
	["2", folderOfVersion2],
	["3", folderOfVersion3],
	["4", folderOfVersion4],
	["5", folderOfVersion5],
])("a journal of version %s has the tables of a new one once it was opened", (_, left) => {
	const [old, fresh] = [left(), temporaryFolder()];
	opened(old).close();
	opened(fresh).close();
	expect(tablesOf(old)).toEqual(tablesOf(fresh));
	const versions = [old, fresh].map((folder) =>
		inDatabase(folder, (database) => database.prepare("PRAGMA user_version").get()),
	);
	expect(versions).toEqual([{ user_version: version }, { user_version: version }]);
});

test("what a journal of version 1 knew of finished payments is known still", () => {
	const journal = opened(folderOfVersion1());
	expect(journal.find({ orderId: "order paid" })).toEqual({
		id: "paid",
		kind: "payment",
		key: "key of paid",
		orderId: "order paid",
		amount: 85_900,
		state: "settled",
		requestId: "request paid",
		purchase: { orderId: "order paid", totalAmount: 85_900, items: [] },
		brand: "example",
		paymentTypes: ["SBP"],
		scanner: "front",
		cardMasked: "77*************2345",
		timings: { scannedAt: 1_772_359_199_000 },
		startedAt: 1_772_359_200_001,
		finishedAt: 1_772_359_210_000,
		transactionId: "transaction 1",
		slip: { id: "slip 1", paymentType: "SBP", totalAmount: 85_900, unlisted: { bank: 7 } },
		print: {
			id: 1,
			...{
				subject: { document: "payment", operationId: "paid" },
				operationId: "paid",
				orderId: "order paid",
				mark: "original",
			},
			...{ printer: "front", state: "printed", evidence: "process-id" },
			...{ queuedAt: 1_772_359_210_000, begunAt: 1_772_359_211_000, judgedAt: 1_772_359_212_000 },
		},
	});
	expect(journal.find({ key: "key of refused" })).toMatchObject({
		state: "refused",
		fault: "payment-cancelled-by-cashier",
		cancelWanted: "cashier",
	});
	expect(journal.answerFor("key of paid")?.bodyHash).toBe("hash of paid");
	expect(journal.paidOrder("order paid")).toBe("paid");
});

test("open payments of version 1 go on with their cards, and their number of events", () => {
	const journal = opened(folderOfVersion1());
	const open = journal.open();
	expect(open).toMatchObject([
		{ id: "unknown", cancelRequestId: "cancel unknown", transactionId: "transaction 3", maybeSent: true },
		{ id: "open", cancelRequestId: "cancel open", startedAt: 1_772_359_200_004, maybeSent: false },
	]);
	const cards = open.flatMap((one) => (one.kind === "payment" ? one.wish.cardSession.reveal() : []));
	expect(cards).toEqual([markedCard.session, markedCard.session]);
	expect(journal.inProgress()).toBe("open");
	expect(journal.unresolvedOrder("order unknown")).toBe("unknown");
	expect(journal.events.lastSeq()).toBeGreaterThanOrEqual(1_000);
});

test("a payment of version 1 is paid back like any other", () => {
	const journal = opened(folderOfVersion1());
	journal.tell("open", { kind: "unknown", fault: "server-silent" }, {});
	expect(() => journal.begin(refundOf("transaction 1", "a", 85_901))).toThrow("refund-over-rest");
	expect(journal.begin(refundOf("transaction 1", "a", 85_900)).kind).toBe("begun");
});

test("a second opening finds nothing left to bring up to date", () => {
	const folder = folderOfVersion1();
	opened(folder).close();
	const before = tablesOf(folder);
	expect(opened(folder).find({ id: "paid" })?.state).toBe("settled");
	expect(tablesOf(folder)).toEqual(before);
});

test("the prints of version 2 are the slips of their operations, and go on where they stood", () => {
	const { prints, ...journal } = opened(folderOfVersion2());
	const slip = (document: "payment" | "refund", operationId: string) => ({
		...{
			operationId,
			orderId: "order paid",
			subject: { document, operationId },
			mark: "original",
			printer: "front",
		},
	});
	expect(prints.list({ most: 9 })).toEqual([
		{ id: 3, ...slip("refund", "second back"), state: "queued", queuedAt: 1_772_359_400_000 },
		{
			...{ id: 2, ...slip("refund", "back"), state: "printing" },
			...{ queuedAt: 1_772_359_300_000, begunAt: 1_772_359_301_000 },
		},
		{
			...{ id: 1, ...slip("payment", "paid"), state: "unknown", fault: "print-unconfirmed" },
			...{ detail: "no confirmation within 500 ms", queuedAt: 1_772_359_210_000 },
			...{ begunAt: 1_772_359_211_000, judgedAt: 1_772_359_212_000 },
		},
	]);
	expect(journal.shiftReport({ from: 0, to: 1_772_359_999_999 })).toMatchObject({
		totals: [
			{ kind: "payment", paymentType: "SBP", count: 1, sum: 85_900 },
			{ kind: "refund", count: 2, sum: 300 },
		],
		unknown: 0,
	});
	expect(journal.refundsOf("transaction 1")).toHaveLength(2);
});

test("a print that is asked for in a journal of version 2 is marked by what version 2 knew", () => {
	const { prints } = opened(folderOfVersion2());
	const wish = { key: "k", bodyHash: "h", printer: "front" };
	const { answer } = prints.ask({ ...wish, subject: { document: "payment", operationId: "paid" } });
	expect(answer).toEqual({ printId: 4, state: "queued", mark: "repeat" });
});

test("an operation of version 3 belongs to the till of its slip, and without one to no known till", () => {
	const folder = folderOfVersion3();
	const { find, inProgress } = opened(folder);
	expect(find({ id: "paid" })).toMatchObject({ terminal: "till-7", print: { id: 1, state: "printed" } });
	expect(
		inDatabase(folder, (database) => database.prepare("SELECT id, terminal FROM operations").all()),
	).toEqual([
		{ id: "paid", terminal: "till-7" },
		...["back", "asked", "unknown", "open"].map((id) => ({ id, terminal: "" })),
	]);
	expect(find({ id: "back" })).not.toHaveProperty("terminal");
	expect([inProgress(), inProgress("till-7")]).toEqual(["open", "open"]);
});

test("every column of version 3 is as it was", () => {
	const [folder, untouched] = [folderOfVersion3(), folderOfVersion3()];
	opened(folder).close();
	const rowsOf = (one: string) =>
		inDatabase(one, (database) => database.prepare("SELECT * FROM operations ORDER BY number").all());
	const withoutTerminal = rowsOf(folder).map(({ terminal: _, ...row }) => row);
	expect(withoutTerminal).toEqual(rowsOf(untouched));
});

test.each([
	[
		"a print that belongs to no operation",
		"UPDATE prints SET operation = 'lost' WHERE id = 3",
		/prints belongs to no/,
	],
	["a table in the way", "CREATE TABLE prints_2 (text TEXT)", /already exists/],
])("a journal of version 2 with %s is refused, and stays as it was", (_, harm, words) => {
	const folder = folderOfVersion2(harm);
	const everything = () => [
		tablesOf(folder),
		inDatabase(folder, (database) => database.prepare("SELECT * FROM prints").all()),
		inDatabase(folder, (database) => database.prepare("PRAGMA user_version").get()),
	];
	const before = everything();
	expect(() => openJournal(folderSettings(folder), handClock())).toThrow(words);
	expect(everything()).toEqual(before);
});

test.each([
	[
		"an attempt that belongs to no operation",
		"INSERT INTO attempts VALUES (9, 'lost', 'status', 'r', 0, NULL, NULL, NULL)",
		/attempts belongs to no operation.*Keep/,
	],
	["a table in the way", "CREATE TABLE operations_1 (text TEXT)", /already exists/],
])("a journal of version 1 with %s is refused, and stays as it was", (_, harm, words) => {
	const folder = folderOfVersion1(harm);
	const everything = () => [
		tablesOf(folder),
		inDatabase(folder, (database) => database.prepare("SELECT * FROM operations").all()),
		inDatabase(folder, (database) => database.prepare("PRAGMA user_version").get()),
	];
	const before = everything();
	expect(() => openJournal(folderSettings(folder), handClock())).toThrow(words);
	expect(everything()).toEqual(before);
});

test("the key of another journal brings nothing up to date", () => {
	const folder = folderOfVersion1();
	inDatabase(folder, (database) => database.exec("UPDATE marks SET key_check = x'00'"));
	const before = tablesOf(folder);
	expect(() => openJournal(folderSettings(folder), handClock())).toThrow("another key");
	expect(tablesOf(folder)).toEqual(before);
});

test("a card's seal that was copied on the way is in the files once", () => {
	const folder = folderOfVersion1();
	const sealed = inDatabase(folder, (database) =>
		Buffer.from(
			database.prepare("SELECT sealed FROM operations WHERE id = 'open'").get()?.sealed as Uint8Array,
		),
	);
	opened(folder).close();
	const bytes = contents(folder).get("journal.db") ?? Buffer.alloc(0);
	expect(bytes.indexOf(sealed)).toBeGreaterThan(0);
	expect(bytes.indexOf(sealed)).toBe(bytes.lastIndexOf(sealed));
});
