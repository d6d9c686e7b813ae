import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { codeOf, goneBy, PortError } from "./gone.ts";
import { type Holder, holdersOf } from "./holder.ts";
import { listPrinters, type PluggedPrinter } from "./printers.ts";
import { holderNames } from "./rights.ts";
import { printerRule, printerUsbRule, rulesFile } from "./udev-rules.ts";

const fault = "printer-unreachable";

/** How the machine is asked; tests ask a made-up one. */
type Asking = {
	/** Resolves when the file may be read and written, else rejects with the errno. */
	readonly access: (path: string) => Promise<void>;
	readonly printers: () => Promise<readonly PluggedPrinter[]>;
	readonly holders: (path: string) => Promise<readonly Holder[]>;
};

const machine: Asking = Object.freeze({
	access: (path: string) => access(path, constants.R_OK | constants.W_OK),
	printers: () => listPrinters(),
	holders: (path: string) => holdersOf(path),
});

/** Why a printer's file could not be opened, and what to do about it; the error tells the errno. */
export async function printerRefusal(
	path: string,
	error: unknown,
	ask: Asking = machine,
): Promise<PortError> {
	const { reason, detail } = goneBy(error);
	const advice = await adviceBy(codeOf(error), path, ask);
	return new PortError(fault, { reason, detail: `${path}: ${detail}${advice === "" ? "" : `; ${advice}`}` });
}

async function adviceBy(code: string, path: string, ask: Asking): Promise<string> {
	switch (code) {
		case "EACCES":
		case "EPERM":
			return missingRights(isLp(await realpath(path).catch(() => path)));
		case "EBUSY": {
			const holders = await ask.holders(path);
			const by = holders.length === 0 ? "another program" : holderNames(holders);
			return `it is held by ${by}; end the program that holds it`;
		}
		case "ENOENT":
		case "ENODEV":
		case "ENXIO":
			return absence(await ask.printers().catch(() => []));
		default:
			return "";
	}
}

function absence(printers: readonly PluggedPrinter[]): string {
	const [other] = printers.filter(({ path }) => !isLp(path));
	return other === undefined
		? "plug it in and switch it on, or look up its name with: kassad devices"
		: notByUsblp(other);
}

/** A printer that is plugged in, and that the kernel's printer driver does not have. */
export function notByUsblp({ path, driver }: PluggedPrinter): string {
	const words = {
		usbfs: "a program has taken it, such as a CUPS queue or kassad with by: usb",
		none: "usblp is not loaded, or a program such as CUPS has taken it away: try modprobe usblp",
	};
	const why = driver === "usbfs" || driver === "none" ? words[driver] : `the driver ${driver ?? "?"} has it`;
	return `the printer at ${path} has no file in /dev/usb: ${why}; or open it with by: usb`;
}

/** What keeps kassad from opening a printer that is plugged in, and what to do; found without opening it. */
export async function printerTroubles(
	{ path, driver }: PluggedPrinter,
	ask: Asking = machine,
): Promise<readonly string[]> {
	const code = await ask.access(path).then(() => "", codeOf);
	const holders = await ask.holders(path);
	const taken = driver === "usbfs" && holders.length === 0;
	return [
		...(code === "EACCES" || code === "EPERM" ? [missingRights(isLp(path))] : []),
		...(code === "ENOENT" ? ["it is there but its file is not: does udev or devtmpfs run?"] : []),
		...(holders.length > 0 ? [`it is held by ${holderNames(holders)}`] : []),
		...(taken ? ["a program has taken it, such as a CUPS queue; root sees which"] : []),
	];
}

const isLp = (path: string) => /\/lp\d+$/.test(path);

function missingRights(lp: boolean): string {
	const group = lp ? " (or give that user the group of this file, on Debian: lp)" : "";
	const rule = lp ? printerRule : printerUsbRule;
	return `kassad's user may not open it: add this line to /etc/udev/rules.d/${rulesFile} and plug it in again${group}: ${rule}`;
}
