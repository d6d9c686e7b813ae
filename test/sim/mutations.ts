import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A rule that money hangs on, and the change of the source that breaks it. */
export type Mutation = {
	readonly rule: string;
	readonly changes: readonly { readonly file: string; readonly from: string; readonly to: string }[];
};

export const mutations: readonly Mutation[] = [
	{
		rule: "a payment is repeated with its own requestId",
		changes: [
			{
				file: "src/pay/checkout.ts",
				from: "const { requestId, wish } = desk.payment;",
				to: "const { wish } = desk.payment;\nconst requestId = journaled ? desk.payment.requestId : desk.tools.newId();",
			},
		],
	},
	{
		rule: "a payment goes to the server under the name of its own till",
		changes: [
			{
				file: "src/counter/tills.ts",
				from: "return { storeId, terminalId: terminal ?? terminalId };",
				to: "return { storeId, terminalId };",
			},
		],
	},
	{
		rule: "a refund is repeated with its own requestId",
		changes: [
			{
				file: "src/pay/refund-request.ts",
				from: "const { requestId, wish } = desk.refund;",
				to: "const { wish } = desk.refund;\nconst requestId = journaled ? desk.refund.requestId : desk.tools.newId();",
			},
		],
	},
	{
		rule: "the journal knows of a request before it leaves",
		changes: [
			{
				file: "src/journal/attempts.ts",
				from: '"INSERT INTO attempts (operation, call, request_id, begun_at) VALUES (?, ?, ?, ?)"',
				to: `"INSERT INTO attempts (operation, call, request_id, begun_at, result) VALUES (?, ?, ?, ?, 'not-sent')"`,
			},
		],
	},
	{
		rule: "no request is ahead of the disk",
		changes: [{ file: "src/pay/calls.ts", from: "if (due !== undefined) await due;", to: "void due;" }],
	},
	{
		rule: "that a print begins is committed before its first byte leaves",
		changes: [{ file: "src/paper/worker.ts", from: "		prints.begin(print.id);\n", to: "" }],
	},
	{
		rule: "a print that was interrupted is not begun again",
		changes: [
			{
				file: "src/paper.ts",
				from: 'of journal.prints.inState("printing")) {',
				to: 'of journal.prints.inState("printing").slice(9)) {',
			},
			{
				file: "src/journal/print-reader.ts",
				from: "WHERE state = 'queued' AND printer = ? ORDER BY id LIMIT 1",
				to: "WHERE state IN ('queued', 'printing') AND printer = ? ORDER BY id LIMIT 1",
			},
			{
				file: "src/journal/print-changes.ts",
				from: "begun_at = ? WHERE id = ? AND state = 'queued'",
				to: "begun_at = ? WHERE id = ? AND state IN ('queued', 'printing')",
			},
			{
				file: "src/paper/worker.ts",
				from: 'prints.find(id)?.state !== "queued"',
				to: 'prints.find(id)?.state === "cancelled"',
			},
		],
	},
	{
		rule: "nothing is printed without evidence",
		changes: [
			{
				file: "src/paper/worker.ts",
				from: "	if (!begun && staysAsItIs(",
				to: '	if (verdict.state === "unknown") return judge(print, { state: "printed", evidence: "status" });\n	if (!begun && staysAsItIs(',
			},
		],
	},
	{
		rule: "what comes a second time says so on the paper",
		changes: [
			{
				file: "src/journal/print-marks.ts",
				from: 'resolved === "on-paper")) return "copy";',
				to: 'resolved === "on-paper")) return "original";',
			},
		],
	},
	{
		rule: "only the server's answer makes a cancel final",
		changes: [
			{
				file: "src/pay/cancel.ts",
				from: 'if (ending?.how === "cancelled") return ending;',
				to: 'if (ending?.how === "cancelled") return ending;\nif (answer.kind === "unanswered") return { how: "cancelled", facts: { transactionId, status: "" } };',
			},
		],
	},
	{
		rule: "no more is refunded than is left",
		changes: [
			{
				file: "src/counter/refunds.ts",
				from: "const before = settled.flatMap((refund) => refund.parts);",
				to: "const before = settled.flatMap(() => []);",
			},
			{
				file: "src/journal/refunds.ts",
				from: "if (left !== null && amount > left) {",
				to: "if (left !== null && amount < 0) {",
			},
		],
	},
];

const root = join(import.meta.dirname, "../..");
const copied = ["src", "drivers", "hardware-mocks", "config", "test/sim", "package.json"];

/**
 * A copy of the project in which a rule is broken.
 * @throws {TypeError} when the source no longer has what is to be changed: then the mutation must be told anew.
 */
export function mutant({ rule, changes }: Mutation): string {
	const folder = mkdtempSync(join(tmpdir(), "kassad-mutant-"));
	for (const part of copied) cpSync(join(root, part), join(folder, part), { recursive: true });
	symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
	for (const { file, from, to } of changes) {
		const path = join(folder, file);
		const source = readFileSync(path, "utf8");
		if (!source.includes(from)) throw new TypeError(`${file} has no "${from}" (${rule})`);
		writeFileSync(path, source.replace(from, to));
	}
	return folder;
}
