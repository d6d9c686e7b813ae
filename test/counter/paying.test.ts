import { expect, test } from "vitest";
import { isPaying } from "../../src/counter/paying.ts";
import { giveBack, paidSale, standAtCounter } from "./counter-kit.ts";

test("a payment runs from its key press until something is told of it", async () => {
	const { journal, scan, start } = standAtCounter();
	expect(isPaying(journal)).toBe(false);
	scan("scan 1");
	const { operationId } = await start("key 1", "scan 1", "a");
	expect(isPaying(journal)).toBe(true);
	journal.tell(operationId, { kind: "unknown", fault: "server-silent" }, {});
	expect(isPaying(journal)).toBe(false);
});

test("a refund is no payment: the next customer's card may be shown", async () => {
	const counter = standAtCounter();
	const sale = await paidSale(counter, "a");
	expect(isPaying(counter.journal)).toBe(false);
	await giveBack(counter, "key back", { operationId: sale.operationId });
	expect(counter.journal.inProgress()).toBeDefined();
	expect(isPaying(counter.journal)).toBe(false);
});
