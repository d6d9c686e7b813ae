import { expect, onTestFinished, test } from "vitest";
import { readJournal } from "../../src/journal/read-journal.ts";
import { newestEntries } from "../../src/journal/verify-newest.ts";
import { byHand } from "./chain-kit.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

const rowsOf = "SELECT part, row, number FROM";

test("the newest entry of each row is found in a chain of many batches, and so is what is written meanwhile", () => {
	const folder = temporaryFolder();
	opened(folder).close();
	byHand(folder, (database) =>
		database.exec(`
			WITH RECURSIVE n (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < 25000)
			INSERT INTO chain SELECT n, 0, iif(n % 3, 'prints', 'shifts'), n % 700, 'written', x'00', x'00' FROM n`),
	);
	const journal = opened(folder);
	const reader = readJournal(folder);
	onTestFinished(() => reader.close());
	const heard: bigint[] = [];
	const newest = newestEntries(reader, (entry) => heard.push(entry));
	expect(heard).toEqual([10_000n, 20_000n]);
	const expected = () =>
		byHand(folder, (database) =>
			database.prepare(`SELECT part, row, max(number) AS number FROM chain GROUP BY part, row`).all(),
		);
	const found = () => reader.prepare(`${rowsOf} ${newest.table} ORDER BY part, row`).all();
	expect(found()).toEqual(expected());
	begun(journal, "a");
	newest.catchUp();
	expect(found()).toEqual(expected());
	expect(found()).toContainEqual({ part: "operations", row: 1, number: 25_001 });
});
