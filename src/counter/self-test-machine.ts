import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { loadDocuments } from "../documents.ts";
import { examineJournal } from "../journal/examine.ts";
import { loadMessages } from "../messages.ts";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { PrinterSettings, ScannerSettings } from "../model/settings/devices.ts";
import type { Settings } from "../model/settings/settings.ts";
import { peek } from "../pay/peek.ts";
import { listPlugged } from "../ports/plugged.ts";
import { deviceName, isNamed } from "../ports/plugged-name.ts";
import { listPrinters } from "../ports/printers.ts";
import { resolvePrinter } from "../ports/printers-resolve.ts";
import { loadSelfTestWords } from "../self-test-words.ts";
import type { Denied, InternalTools } from "../selftest/internal.ts";

type Machine = {
	readonly settings: Settings;
	/** PEM of authorities to trust besides the usual ones. */
	readonly ca: string | undefined;
	readonly clock: Clock;
	/** As in the checks' tools. */
	readonly daemon: InternalTools["daemon"];
};

/** What the internal checks of a self-test ask this machine with. */
export function internalTools({ settings, ca, clock, daemon }: Machine): InternalTools {
	const { payApi, journal, socket, selfTest, brands } = settings;
	const address = payApi.baseUrl[payApi.environment];
	return {
		places: { journal: journal.folder, socket: socket.path },
		leastFreeBytes: selfTest.leastFreeBytes,
		// Beyond half a step of the passwords honest ones begin to fail, as with the daemon's own watch.
		mostSkewMs: Math.min(...brands.map(({ totp }) => totp.interval * 500)),
		server: {
			address,
			look: (signal) => peek({ address, path: payApi.warm.path, ca }, clock, signal),
			now: () => clock.now(),
		},
		devices: () => deviceRights(settings),
		wrongTexts,
		journal: (signal) => examineJournal(journal.folder, signal),
		daemon,
	};
}

/** Everything that people read, in every language. Between the files others have their turn: a customer may pay now. */
async function wrongTexts(): Promise<readonly string[]> {
	const languages = ["ru", "en"] as const;
	const deeds = [
		...languages.map((language) => () => void loadMessages(language)),
		...languages.map((language) => () => void loadSelfTestWords(language)),
		() => void loadDocuments(),
	];
	const wrong: string[] = [];
	for (const deed of deeds) {
		await new Promise((resolve) => setImmediate(resolve));
		try {
			deed();
		} catch (error) {
			if (!(error instanceof FaultError)) throw error;
			wrong.push(...error.detail.split("\n"));
		}
	}
	return wrong;
}

/** The device files of the settings that are there, and which of them this user may not open. */
async function deviceRights({ scanners, printers }: Settings) {
	const files = await filesOf(scanners, printers);
	const denied: Denied[] = [];
	let there = 0;
	for (const { device, path } of files) {
		const code = await access(path, constants.R_OK | constants.W_OK).then(() => "", codeOf);
		if (code !== "ENOENT") there += 1;
		if (code === "EACCES" || code === "EPERM") {
			denied.push({ device, path, detail: `${code}; ${await ownersOf(path)}` });
		}
	}
	return { files: there, denied };
}

/** A name such as usb:0c2e:0b61 means another file each time. On Windows devices have no files. */
async function filesOf(scanners: readonly ScannerSettings[], printers: readonly PrinterSettings[]) {
	if (process.platform === "win32") return [];
	const plugged = await listPlugged().catch(() => []);
	const plain = [
		...scanners.map(({ name, path }) => ({ device: name, path })),
		...printers.flatMap(({ name, connection }) =>
			"path" in connection ? [{ device: name, path: connection.path }] : [],
		),
	];
	const named = plain.flatMap(({ device, path }) => {
		const name = deviceName(path);
		if (typeof name === "string") return [];
		if (name.by === "path") return [{ device, path }];
		return plugged.filter((one) => isNamed(one, name)).map((one) => ({ device, path: one.path }));
	});
	return [...named, ...(await usbPrinterFiles(printers))];
}

async function usbPrinterFiles(printers: readonly PrinterSettings[]) {
	const usb = printers.flatMap(({ name, connection }) =>
		connection.by === "usb" ? [{ device: name, name: deviceName(connection.device) }] : [],
	);
	const plugged = usb.length === 0 ? [] : await listPrinters().catch(() => []);
	return usb.flatMap(({ device, name }) => {
		const found = typeof name === "string" ? undefined : resolvePrinter(name, plugged);
		return found !== undefined && "path" in found ? [{ device, path: found.path }] : [];
	});
}

async function ownersOf(path: string): Promise<string> {
	const { uid, gid, mode } = await stat(path);
	return `user ${uid}, group ${gid}, mode ${(mode & 0o777).toString(8)}`;
}

function codeOf(error: unknown): string {
	return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
