import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import type { FaultCode } from "../model/fault.ts";
import { codeOf, goneBy, PortError } from "./gone.ts";
import { type Holder, holdersOf } from "./holder.ts";
import { listPlugged, type Plugged } from "./plugged.ts";
import { hidRule, rulesFile, serialRule } from "./udev-rules.ts";

/** How the machine is asked; tests ask a made-up one. */
type Asking = {
	/** Resolves when the file may be read and written, else rejects with the errno. */
	readonly access: (path: string) => Promise<void>;
	readonly plugged: () => Promise<readonly Plugged[]>;
	readonly holders: (path: string) => Promise<readonly Holder[]>;
};

const machine: Asking = Object.freeze({
	access: (path: string) => access(path, constants.R_OK | constants.W_OK),
	plugged: () => listPlugged(),
	holders: (path: string) => holdersOf(path),
});

/**
 * Why a device could not be opened, and what to do about it. The libraries give a sentence without an errno, and the
 * sentence differs by system; so the file is asked, and then /proc, who holds it.
 */
export async function refusal(
	path: string,
	channel: Plugged["channel"],
	error: unknown,
	fault: FaultCode = "scanner-away",
	ask: Asking = machine,
): Promise<PortError> {
	const denied = await ask.access(path).then(() => "", codeOf);
	const holders = denied === "" ? await ask.holders(path) : [];
	const code = holders.length > 0 ? "EBUSY" : denied;
	const { reason, detail } = goneBy(error, code);
	const advice =
		holders.length > 0
			? `it is held by ${holderNames(holders)}; end the program that holds it`
			: await adviceBy(code, path, channel, ask);
	return new PortError(fault, { reason, detail: `${path}: ${detail}; ${advice}` });
}

async function adviceBy(
	code: string,
	path: string,
	channel: Plugged["channel"],
	ask: Asking,
): Promise<string> {
	if (code === "ENOENT") return "plug it in, or look up its name with: kassad devices";
	if (!isDenied(code)) {
		const kind = channel === "hid" ? "HID" : "serial";
		return `end the program that holds it, or check that it is a ${kind} device`;
	}
	const real = await realpath(path).catch(() => path);
	const devices = await ask.plugged().catch(() => []);
	return missingRights(devices.find((device) => device.path === real));
}

/** What keeps kassad from opening a device that is plugged in, and what to do; found without opening it. */
export async function troublesOf(device: Plugged, ask: Asking = machine): Promise<readonly string[]> {
	const code = await ask.access(device.path).then(() => "", codeOf);
	const holders = await ask.holders(device.path);
	return [
		...(isDenied(code) ? [missingRights(device)] : []),
		...(code === "ENOENT" ? ["the device is there but its file is not: does udev or devtmpfs run?"] : []),
		...(holders.length === 0 ? [] : [`it is held by ${holderNames(holders)}`]),
	];
}

const isDenied = (code: string) => code === "EACCES" || code === "EPERM";

/** What to do for a device that kassad's user may not open: the udev line, or the group when no line can name it. */
function missingRights(device: Plugged | undefined): string {
	if (device?.vendorId === undefined) return "give kassad's user the group of this file (on Debian: dialout)";
	const rule = device.channel === "hid" ? hidRule : serialRule;
	const line = rule(device.vendorId, device.productId);
	return `kassad's user may not open it: add this line to /etc/udev/rules.d/${rulesFile} and plug it in again: ${line}`;
}

/** `chrome (pid 123)`, or several of them, for a sentence. */
export function holderNames(holders: readonly Holder[]): string {
	return holders
		.map(({ pid, name }) => (pid === process.pid ? "kassad itself" : `${name || "a program"} (pid ${pid})`))
		.join(", ");
}
