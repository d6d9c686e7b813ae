import { type PrinterConditions, type PrinterIdentity, stopOf } from "../model/printer.ts";
import type { TestFindings } from "./print-test.ts";

/** What `print test` tells: lines for a person, or one JSON object. */
export function testReport(findings: TestFindings, json: boolean): string {
	return json ? `${JSON.stringify(forProgram(findings))}\n` : `${forPerson(findings).join("\n")}\n`;
}

function forProgram({ driver, identity, conditions, ...rest }: TestFindings) {
	const { id, title, columns, dots, codePage, confirms } = driver;
	return {
		...rest,
		driver: { id, title, columns, dots, codePage, confirms },
		identity: identity ?? null,
		conditions: conditions ?? null,
	};
}

function forPerson({ printer, driver, identity, conditions, ...rest }: TestFindings): string[] {
	const { verdict, tookMs, card, suggestion } = rest;
	const rows: [string, string][] = [
		["printer", `${printer}: ${driver.title} (${driver.id})`],
		["says it is", identityWords(identity)],
		["state", stateWords(conditions)],
		["code page", `${driver.codePage.encoding}, number ${driver.codePage.number}`],
		["sheet", verdictWords(verdict, tookMs)],
	];
	if (card !== true) rows.push(["test card", `none, a sample instead: ${card}`]);
	if (suggestion.because === "claims" && suggestion.driver !== driver.id)
		rows.push(["hint", `by its own words it is for the driver ${suggestion.driver}; many printers claim so`]);
	return [...rows.map(([name, words]) => `${name.padEnd(12)}${words}`), "", ...whatToLookAt(verdict.state)];
}

function whatToLookAt(state: TestFindings["verdict"]["state"]): string[] {
	if (state === "not-printed") return ["Nothing was printed. Put right what the line says and try again."];
	return [
		"On the sheet: is the Russian line right? If not: kassad print codepages",
		"Do the rulers end at the edge of the paper? If not: tuning.columns and tuning.dots",
		"Is it cut? If not: tuning.cut. Do the four barcodes read? kassad scan shows it",
	];
}

function identityWords(identity: PrinterIdentity | undefined): string {
	const { maker, model, firmware } = identity ?? {};
	const words = [maker, model, firmware && `firmware ${firmware}`].filter((word) => word !== undefined);
	return words.join(" ") || "nothing (many do not answer)";
}

function stateWords(conditions: PrinterConditions | undefined): string {
	if (conditions === undefined) return "unreadable: it does not answer questions about itself";
	const stop = stopOf(conditions);
	const paper = `paper ${conditions.paper}`;
	return stop === undefined ? `ready, ${paper}` : `stopped (${stop}), ${paper}`;
}

function verdictWords(verdict: TestFindings["verdict"], tookMs: number): string {
	if (verdict.state === "printed") return `printed, proved by ${verdict.evidence}, ${tookMs} ms`;
	const { fault, detail } = verdict;
	return `${verdict.state}: ${fault}${detail ? ` (${detail})` : ""}`;
}
