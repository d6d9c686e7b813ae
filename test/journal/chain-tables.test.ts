import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { harm, verdictOf } from "./chain-kit.ts";
import { refused } from "./intents.ts";
import { opened, temporaryFolder } from "./kit.ts";
import { leaveVersion1 } from "./version-1.ts";
import { leaveVersion2 } from "./version-2.ts";
import { leaveVersion3 } from "./version-3.ts";
import { leaveVersion4 } from "./version-4.ts";
import { leaveVersion5 } from "./version-5.ts";

const deeds = "SELECT deed, count(*) AS count FROM chain WHERE part <> 'journal' GROUP BY deed";

test.each([
	["1", leaveVersion1, 9],
	["2", leaveVersion2, 7],
	["3", leaveVersion3, 8],
	["4", leaveVersion4, 10],
	["5", leaveVersion5, 10],
])(
	"the rows of a journal of version %s are chained as they were found, and a change is found from then on",
	(_, leave, rows) => {
		const folder = temporaryFolder();
		leave(folder);
		opened(folder).close();
		const database = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
		expect(database.prepare(deeds).all()).toEqual([{ deed: "taken-over", count: rows }]);
		database.close();
		expect(verdictOf(folder)).toMatchObject({ whole: true, rows, entries: rows + 1 });
		harm(folder, "UPDATE operations SET amount = amount + 1 WHERE id = 'paid'");
		expect(verdictOf(folder).findings).toMatchObject([
			{ kind: "changed", table: "operations", operationId: "paid", orderId: "order paid" },
		]);
	},
);

test("the chain of version 5 goes on from its last entry", () => {
	const folder = temporaryFolder();
	leaveVersion5(folder);
	const journal = opened(folder);
	expect(journal.chain.lastFits).toBe(true);
	const before = journal.chain.head();
	journal.finish("open", refused, { eventBody: {} });
	journal.close();
	expect(verdictOf(folder, before)).toMatchObject({ whole: true, rows: 10, entries: 12 });
});
