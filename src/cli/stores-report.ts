import { drawTable } from "../config/table.ts";
import type { StoreInFile } from "../stores/check.ts";
import type { RegisteredStore } from "../stores/registered.ts";
import type { Sent } from "../stores/send.ts";

const outcomes = {
	accepted: "accepted",
	refused: "refused",
	unknown: "unknown",
	"not-sent": "not sent",
} as const;

const mostCell = 40;

const advice: Readonly<Partial<Record<Sent["outcome"], string>>> = {
	refused: "The server took nothing of their requests. Put right what it names and send them again.",
	unknown: "The server may have taken them: look with `kassad stores list` before you send them again.",
	"not-sent": "They surely did not reach the server's list. Send them again when the cause is gone.",
};

/** `118 accepted, 2 refused`. */
export function countsOf(sent: readonly Sent[]): string {
	const by = Object.groupBy(sent, ({ outcome }) => outcome);
	return Object.entries(outcomes)
		.map(([outcome, words]) => [by[outcome as Sent["outcome"]]?.length ?? 0, words] as const)
		.filter(([count]) => count > 0)
		.map(([count, words]) => `${count} ${words}`)
		.join(", ");
}

/** What became of every store, why, and what to do now. */
export function sentReport(sent: readonly Sent[]): string {
	const rows = sent.map((one) => [...cellsOf(one), outcomes[one.outcome]]);
	const by = Object.groupBy(sent, ({ outcome }) => outcome);
	const notes = Object.entries(by).flatMap(([outcome, group]) => notesOn(outcome as Sent["outcome"], group));
	return [drawTable(rows, [...head, "outcome"]), ...notes, `${countsOf(sent)}.`].join("\n");
}

/** Each reason once, with the lines of the file that it befell. */
function notesOn(outcome: Sent["outcome"], group: readonly Sent[]): string[] {
	const told = advice[outcome];
	if (told === undefined) return [];
	const reasons = Map.groupBy(group, ({ trouble }) =>
		trouble ? `${trouble.fault}: ${trouble.detail}` : "nothing was sent any more",
	);
	const lines = [...reasons].map(
		([reason, befallen]) => `${outcomes[outcome]}, line ${spanOf(befallen)}: ${reason}`,
	);
	return [...lines, `  ${told}`];
}

/** Requests are made of neighbours, so from the first to the last says enough. */
function spanOf(group: readonly Sent[]): string {
	const [first, last] = [group[0]?.line, group.at(-1)?.line];
	return first === last ? `${first}` : `${first} to ${last}`;
}

/** The same for a program. */
export function sentJson(sent: readonly Sent[]): object[] {
	return sent.map(({ line, store, outcome, trouble }) => ({
		line,
		storeNumber: store.storeNumber,
		outcome,
		...trouble,
	}));
}

const head = ["line", "store", "city", "address"];

/** The stores of a file, before anything is sent. */
export function fileTable(stores: readonly StoreInFile[]): string {
	return drawTable(stores.map(cellsOf), head);
}

function cellsOf({ line, store }: StoreInFile): string[] {
	return [String(line), cell(store.storeNumber), cell(store.city), cell(store.address)];
}

/** What fits a terminal of 120 columns; `--json` has all of it. */
const known = ["storeNumber", "storeId", "city", "address", "status"];

/** The stores as the server knows them. */
export function registeredTable(stores: readonly RegisteredStore[]): string {
	const columns = known.filter((column) => stores.some((store) => store[column] !== undefined));
	return drawTable(
		stores.map((store) => columns.map((column) => cell(store[column]))),
		columns,
	);
}

/** One cell of a table: without what would move the cursor of a terminal, and not too long. */
function cell(value: unknown): string {
	const text = Array.isArray(value)
		? value.join(" ")
		: typeof value === "object"
			? JSON.stringify(value)
			: String(value ?? "");
	const clean = text.replace(/\p{C}+/gu, " ");
	return clean.length > mostCell ? `${clean.slice(0, mostCell - 3)}...` : clean;
}
