import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { scannerDrivers } from "../../drivers/index.ts";
import { readYaml } from "../config/yaml.ts";
import { FaultError } from "../model/fault.ts";
import { printersSettings, scannersSettings } from "../model/settings/devices.ts";
import { hidTrouble } from "../ports/hid-library.ts";
import { listPlugged, type Plugged } from "../ports/plugged.ts";
import { printerTroubles } from "../ports/printer-rights.ts";
import { listPrinters, type PluggedPrinter } from "../ports/printers.ts";
import { troublesOf } from "../ports/rights.ts";
import { type Known, missing, verdicts } from "./device-verdict.ts";
import { devicesReport, type Entry, type Findings } from "./devices-report.ts";
import { missingPrinters, type NamedPrinters, printerVerdict } from "./printer-verdict.ts";
import { type PrinterFindings, printersReport } from "./printers-report.ts";

/** What is asked of the machine; tests ask a made-up one. */
type Asking = {
	readonly plugged?: () => Promise<readonly Plugged[]>;
	readonly pluggedPrinters?: () => Promise<readonly PluggedPrinter[]>;
};

/**
 * Shows every device that could be a scanner and every USB printer, what kassad does with it and what keeps it from
 * doing so. Opens none on Linux, and needs no secrets; settings that cannot be read are a note.
 */
export async function listDevices(
	config: string,
	json: boolean,
	{ plugged = listPlugged, pluggedPrinters = listPrinters }: Asking = {},
): Promise<void> {
	const { scanners: named, printers, notes } = devicesOf(config);
	const scanners = await Promise.all(named.map(withRealPath));
	const known: Known = { scanners, drivers: scannerDrivers };
	const list = await plugged();
	const all = verdicts(list, known);
	const entries = await Promise.all(
		list.map(async (device, index): Promise<Entry> => {
			const verdict = all[index] ?? { kind: "other", what: "no scanner" };
			return { device, verdict, troubles: isOnLinux && isOurs(verdict.kind) ? await troublesOf(device) : [] };
		}),
	);
	const machine = await machineNotes(list);
	// A path that leads to no listed device may be one all the same, such as a pseudo-terminal.
	const absent = missing(list, { ...known, scanners: scanners.filter(({ path }) => !existsSync(path)) });
	const usb = await pluggedPrinters().then((all) => printerFindings(all, printers), noPrinters);
	const findings: Findings = { entries, missing: absent, notes: [...notes, ...machine, ...usb.notes] };
	const told = [devicesReport(findings, scannerDrivers), printersReport(usb)].filter((text) => text !== "");
	process.stdout.write(`${json ? JSON.stringify({ ...usb, ...findings }) : told.join("\n")}\n`);
}

/** A link, such as those in /dev/serial/by-id, is followed to the device that it leads to now. */
async function withRealPath(scanner: Known["scanners"][number]) {
	return { ...scanner, path: await realpath(scanner.path).catch(() => scanner.path) };
}

/** Elsewhere a path is no file. */
const isOnLinux = process.platform === "linux";

const isOurs = (kind: Entry["verdict"]["kind"]) => kind !== "other" && kind !== "part";

async function printerFindings(
	list: readonly PluggedPrinter[],
	named: NamedPrinters,
): Promise<PrinterFindings & { notes: string[] }> {
	const printers = list.map(async (printer) => ({
		printer,
		verdict: printerVerdict(printer, list, named),
		troubles: isOnLinux ? await printerTroubles(printer) : [],
	}));
	const absent = missingPrinters(list, named).filter(({ path }) => !existsSync(path));
	return { printers: await Promise.all(printers), missingPrinters: absent, notes: [] };
}

/** Elsewhere than on Linux the list needs a package whose native part may be missing. */
function noPrinters(error: unknown): PrinterFindings & { notes: string[] } {
	if (!(error instanceof FaultError)) throw error;
	return { printers: [], missingPrinters: [], notes: [error.detail] };
}

type Named = { scanners: Known["scanners"]; printers: NamedPrinters; notes: string[] };

/** The devices of the settings; none, and why, where a section cannot be read. */
function devicesOf(config: string): Named {
	try {
		const file = readYaml(config).value as { scanners?: unknown; printers?: unknown } | null;
		const scanners = scannersSettings.safeParse(file?.scanners);
		const printers = printersSettings.safeParse(file?.printers ?? []);
		const note = (what: string) =>
			`The ${what} of ${config} are not in order, so none is told as used; see: kassad config check`;
		return {
			scanners: scanners.success ? scanners.data : [],
			printers: printers.success ? printers.data : [],
			notes: [
				...(scanners.success ? [] : [note("scanners")]),
				...(printers.success ? [] : [note("printers")]),
			],
		};
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		return { scanners: [], printers: [], notes: [`No scanner or printer is told as used: ${error.detail}`] };
	}
}

const noUdev =
	"udev does not run on this machine: there are no links in /dev/serial/by-id, and rules have no effect. Name " +
	"scanners as usb:VVVV:PPPP, and give kassad's user the rights on their files yourself.";

async function machineNotes(list: readonly Plugged[]): Promise<string[]> {
	if (!isOnLinux) return [];
	const trouble = list.some(({ channel }) => channel === "hid") ? await hidTrouble() : undefined;
	return [...(existsSync("/run/udev") ? [] : [noUdev]), ...(trouble === undefined ? [] : [trouble])];
}
