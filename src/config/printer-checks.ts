import type { PrinterDriver } from "../model/printer-driver.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import type { Settings } from "../model/settings/settings.ts";
import type { Finding } from "./findings.ts";

/** What is known of a printer's driver; what is left out is not checked. */
export type KnownPrinter = Partial<Pick<PrinterDriver, "columns" | "dots" | "answersStatus">>;

/** Dots of a character of font A, in which kassad writes. */
const characterDots = 12;

/** A substitute is another printer of the list, and what the technician found can be so. */
export function printerFindings(
	{ printers = [] }: Partial<Settings>,
	known: Readonly<Record<string, KnownPrinter>>,
): Finding[] {
	return printers.flatMap((printer, index) => {
		const { [printer.driver]: driver = {} } = known;
		const others = printers.filter(({ name }) => name !== printer.name);
		const found = [...substituteFindings(printer, others), ...tuningFindings(printer, driver)];
		return found.map(({ path, text }) => ({ path: ["printers", index, ...path], text }));
	});
}

function substituteFindings({ substitute }: PrinterSettings, others: readonly PrinterSettings[]): Finding[] {
	const names = others.map(({ name }) => name);
	if (substitute === null || names.includes(substitute)) return [];
	const expected =
		names.length === 0
			? "expected null, as there is no other printer"
			: `expected another printer: ${names.join(", ")}`;
	return [{ path: ["substitute"], text: `${expected}, got ${JSON.stringify(substitute)}` }];
}

function tuningFindings({ tuning, connection }: PrinterSettings, driver: KnownPrinter): Finding[] {
	const { columns, dots, confirmation, automaticStatus } = tuning;
	const status = tuning.status ?? driver.answersStatus;
	const findings: Finding[] = [];
	const find = (key: keyof typeof tuning, text: string) => findings.push({ path: ["tuning", key], text });

	const [wide, room] = [columns ?? driver.columns ?? 0, dots ?? driver.dots ?? Number.POSITIVE_INFINITY];
	if ((columns !== null || dots !== null) && wide * characterDots > room) {
		find(
			columns === null ? "dots" : "columns",
			`expected at most ${Math.floor(room / characterDots)} columns for ${room} dots, got ${wide}`,
		);
	}
	if (connection.by === "file" || connection.by === "spooler") {
		const why = `because nothing comes back by ${connection.by}`;
		if (tuning.status === true) find("status", `expected null or false, ${why}`);
		if (automaticStatus === true) find("automaticStatus", `expected null or false, ${why}`);
		if (confirmation !== null && confirmation !== "none") {
			find("confirmation", `expected null or none, ${why}`);
		}
	} else if (confirmation === "status" && status === false) {
		find("confirmation", "expected another one than status, because the printer does not tell its status");
	}
	return findings;
}
