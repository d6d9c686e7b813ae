import fc from "fast-check";
import { expect, test } from "vitest";
import type { AskTools } from "../../src/cli/reconcile-ask.ts";
import { booksOf, differencesOf } from "../../src/cli/reconcile-compare.ts";
import { askAll } from "../../src/cli/reconcile-run.ts";
import type { Reply } from "../../src/pay/reply.ts";
import { shopSettings } from "../pay/settings.ts";
import { answerOf, type Case, differing, rowOf, someCases } from "./reconcile-kit.ts";

type Body = { readonly transactionId?: string; readonly refTransactionId?: string };
type Server = (body: Body) => Reply;

/** What asks a server of the test; its clock goes on only while it is slept by, and `asked` has when what was asked. */
function asking(server: Server) {
	const stop = new AbortController();
	const clock = {
		at: 0,
		now: () => clock.at,
		sleep: async (ms: number, signal?: AbortSignal) => {
			signal?.throwIfAborted();
			const until = clock.at + ms;
			await Promise.resolve();
			clock.at = Math.max(clock.at, until);
		},
	};
	const asked: (Body & { at: number })[] = [];
	const call: AskTools["client"]["call"] = async (_, body) => {
		asked.push({ ...(body as Body), at: clock.at });
		return server(body as Body);
	};
	let ids = 0;
	const newId = () => `question ${++ids}`;
	const tools: AskTools = {
		client: { call },
		settings: shopSettings,
		clock,
		newId,
		random: () => 0,
		stop: stop.signal,
	};
	return { tools, asked, stop };
}

const answer = (json: object): Reply => ({ kind: "answer", status: 200, json });
const silence: Reply = { kind: "unanswered", fault: "server-silent", detail: "no whole answer" };
const numberOf = ({ refTransactionId, transactionId }: Body) =>
	Number((refTransactionId ?? transactionId)?.split(" ")[1]);
/** A server whose book says what the cases say. */
const bookOf =
	(cases: readonly Case[]): Server =>
	(body) =>
		answer(answerOf(cases[numberOf(body)] as Case, numberOf(body)));
const rowsOf = (cases: readonly Case[]) => cases.map(rowOf);

test("of any journal and any server's book exactly what differs is listed, and both sides are added up", async () => {
	await fc.assert(
		fc.asyncProperty(someCases, async (cases) => {
			const { tools } = asking(bookOf(cases));
			const compared = await askAll(rowsOf(cases), tools, () => undefined);
			const found = compared.flatMap((one, index) =>
				differencesOf(one, cases[index]?.isRefunded === true).map(({ kind }) => `${index} ${kind}`),
			);
			expect(found).toEqual(cases.flatMap(({ kinds }, index) => kinds.map((kind) => `${index} ${kind}`)));
			const { here, there } = booksOf(compared);
			for (const kind of ["payment", "refund"] as const) {
				const paid = (one: Case) => ["accepted", "partial_refunded", "refunded"].includes(one.status ?? "");
				const own = cases.map((one, index) => ({ one, amount: 100 + index }));
				const sum = (all: typeof own) => ({
					count: all.length,
					sum: all.reduce((total, { amount }) => total + amount, 0),
				});
				const ours = own.filter(({ one }) => one.row.kind === kind);
				expect(here[kind]).toEqual(sum(ours.filter(({ one }) => one.row.state === "settled")));
				const theirs = ours.filter(({ one }) => paid(one));
				expect(there[kind]).toEqual(
					sum(theirs.map(({ one, amount }) => ({ one, amount: amount + (one.more ?? 0) }))),
				);
			}
		}),
		{ numRuns: 100 },
	);
});

test.each(differing.map((one) => [one.row.state, one.row.kind, one.status ?? "not known", one]))(
	"a %s %s that the server calls %s is listed with both amounts",
	async (_state, _kind, _status, one) => {
		const [compared] = await askAll([rowOf(one, 0)], asking(bookOf([one])).tools, () => undefined);
		if (compared === undefined) throw new TypeError("nothing was compared");
		const [difference] = differencesOf(compared, false);
		expect(difference).toMatchObject({ kind: one.kinds[0], there: one.status ?? "unknown" });
		expect(difference?.amountThere).toBe(one.status === "accepted" ? 100 + (one.more ?? 0) : undefined);
	},
);

test("a refund is asked for by its own id, a payment by its own, and never faster than the server allows", async () => {
	const cases: Case[] = ["payment", "refund", "payment"].map((kind) => ({
		row: { kind: kind as "payment", state: "settled" },
		status: "accepted",
		kinds: [],
	}));
	const { tools, asked } = asking(bookOf(cases));
	const done: number[] = [];
	await askAll(rowsOf(cases), tools, (count) => done.push(count));
	expect(asked.map(({ at: _, ...body }) => body)).toEqual([
		{ requestId: "question 1", transactionId: "payment 0" },
		{ requestId: "question 2", refTransactionId: "refund 1" },
		{ requestId: "question 3", transactionId: "payment 2" },
	]);
	const pauses = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));
	expect(Math.min(...pauses)).toBeGreaterThanOrEqual(250);
	expect(done).toEqual([1, 2, 3]);
});

test("a question without an answer is asked again with an id of its own, and then the next one goes on", async () => {
	const row = { row: { kind: "payment", state: "settled" }, status: "accepted", kinds: [] } as const;
	let count = 0;
	const { tools, asked } = asking((body) => (++count < 3 ? silence : bookOf([row, row])(body)));
	const compared = await askAll(rowsOf([row, row]), tools, () => undefined);
	expect(compared.map(({ verdict }) => verdict?.says)).toEqual(["accepted", "accepted"]);
	expect(asked.map((body) => numberOf(body))).toEqual([0, 0, 0, 1]);
	expect(new Set(asked.map((body) => (body as { requestId?: string }).requestId)).size).toBe(4);
});

test("a server that is not there is asked about three, and the rest is told as not asked", async () => {
	const { tools, asked } = asking(() => silence);
	const rows = rowsOf(Array.from({ length: 9 }, () => differing[0] as Case));
	const compared = await askAll(rows, tools, () => undefined);
	expect(asked).toHaveLength(9);
	expect(compared.map(({ verdict }) => (verdict as { why: string }).why)).toEqual([
		...Array(3).fill("server-silent: no whole answer"),
		...Array(6).fill("the server does not answer"),
	]);
	expect(compared.flatMap((one) => differencesOf(one, false)).every(({ kind }) => kind === "not-asked")).toBe(
		true,
	);
});

test("what the server refuses alike for all ends the asking, what it refuses for one does not", async () => {
	const refusal = (fault: "credentials-refused" | "unlisted-refusal"): Reply => ({
		kind: "refusal",
		fault,
		detail: "HTTP 4xx",
	});
	const rows = rowsOf(Array.from({ length: 9 }, () => differing[0] as Case));
	const all = askAll(rows, asking(() => refusal("credentials-refused")).tools, () => undefined);
	await expect(all).rejects.toThrow("credentials-refused");
	const { tools, asked } = asking(() => refusal("unlisted-refusal"));
	await askAll(rows, tools, () => undefined);
	expect(asked).toHaveLength(9);
});

test("a transaction that the server does not know by 422 is not known, and a refund that the bank cancelled is off", async () => {
	const cases = ["payment", "refund"].map(
		(kind): Case => ({ row: { kind: kind as "payment", state: "settled" }, kinds: [] }),
	);
	const { tools } = asking(({ refTransactionId }) =>
		refTransactionId === undefined
			? { kind: "refusal", fault: "transaction-unknown", detail: "HTTP 422 UNKNOWN_TRANSACTION_ID" }
			: { kind: "refusal", fault: "refund-cancelled-by-bank", detail: "HTTP 422 CANCEL_REFUNDING_BY_BANK" },
	);
	const compared = await askAll(rowsOf(cases), tools, () => undefined);
	expect(compared.flatMap((one) => differencesOf(one, false)).map(({ kind }) => kind)).toEqual([
		"not-known-there",
		"only-here",
	]);
});

test("what has no id of the server's is not asked for: refused it agrees, open it is listed", async () => {
	const nameless = (state: "refused" | "unknown") => {
		const { paymentTransactionId: _, ...row } = rowOf({ row: { kind: "payment", state }, kinds: [] }, 0);
		return row;
	};
	const { tools, asked } = asking(() => silence);
	const compared = await askAll([nameless("refused"), nameless("unknown")], tools, () => undefined);
	expect(asked).toEqual([]);
	expect(compared.flatMap((one) => differencesOf(one, false))).toMatchObject([
		{ kind: "not-asked", row: { state: "unknown" }, there: "the server has never told its id" },
	]);
});

test("of an open refund without an id the payment is asked for, and no sum has it", async () => {
	const { refundTransactionId: _, ...row } = rowOf(
		{ row: { kind: "refund", state: "unknown" }, kinds: [] },
		0,
	);
	const { tools, asked } = asking(() => answer({ transactionId: "payment 0", status: "partial_refunded" }));
	const compared = await askAll([row], tools, () => undefined);
	expect(asked).toMatchObject([{ transactionId: "payment 0" }]);
	expect(compared.flatMap((one) => differencesOf(one, true))).toMatchObject([
		{ kind: "unknown-here", there: "partial_refunded" },
	]);
	expect(booksOf(compared).there.refund).toEqual({ count: 0, sum: 0 });
});

test("who stops gets what was asked by then", async () => {
	const cases = Array.from(
		{ length: 4 },
		(): Case => ({ row: { kind: "payment", state: "settled" }, status: "accepted", kinds: [] }),
	);
	const { tools, stop } = asking(bookOf(cases));
	const compared = await askAll(rowsOf(cases), tools, (done) => void (done === 2 && stop.abort("stopped")));
	expect(compared.map(({ verdict }) => verdict?.says)).toEqual([
		"accepted",
		"accepted",
		"nothing",
		"nothing",
	]);
});
