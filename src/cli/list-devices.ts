import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { scannerDrivers } from "../../drivers/index.ts";
import { readYaml } from "../config/yaml.ts";
import { FaultError } from "../model/fault.ts";
import { scannersSettings } from "../model/settings/devices.ts";
import { hidTrouble } from "../ports/hid-library.ts";
import { listPlugged, type Plugged } from "../ports/plugged.ts";
import { troublesOf } from "../ports/rights.ts";
import { type Known, missing, verdicts } from "./device-verdict.ts";
import { devicesReport, type Entry, type Findings } from "./devices-report.ts";

/**
 * Shows every device that could be a scanner, what kassad does with it and what keeps it from doing so. Opens none,
 * and needs no secrets; settings that cannot be read are a note.
 */
export async function listDevices(
	config: string,
	json: boolean,
	plugged: () => Promise<readonly Plugged[]> = listPlugged,
): Promise<void> {
	const { scanners: named, notes } = scannersOf(config);
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
	const findings: Findings = { entries, missing: absent, notes: [...notes, ...machine] };
	process.stdout.write(`${json ? JSON.stringify(findings) : devicesReport(findings, scannerDrivers)}\n`);
}

/** A link, such as those in /dev/serial/by-id, is followed to the device that it leads to now. */
async function withRealPath(scanner: Known["scanners"][number]) {
	return { ...scanner, path: await realpath(scanner.path).catch(() => scanner.path) };
}

/** Elsewhere a path is no file. */
const isOnLinux = process.platform === "linux";

const isOurs = (kind: Entry["verdict"]["kind"]) => kind !== "other" && kind !== "part";

/** The scanners of the settings; none, and why, when that section cannot be read. */
function scannersOf(config: string): { scanners: Known["scanners"]; notes: string[] } {
	try {
		const file = readYaml(config).value as { scanners?: unknown } | null;
		const parsed = scannersSettings.safeParse(file?.scanners);
		if (parsed.success) return { scanners: parsed.data, notes: [] };
		const note = `The scanners of ${config} are not in order, so none is told as used; see: kassad config check`;
		return { scanners: [], notes: [note] };
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		return { scanners: [], notes: [`No scanner is told as used: ${error.detail}`] };
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
