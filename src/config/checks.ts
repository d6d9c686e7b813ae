import { resolve } from "node:path";
import type { ScannerDriver } from "../model/device.ts";
import type { LayoutSettings } from "../model/settings/cards.ts";
import type { ScannerSettings } from "../model/settings/devices.ts";
import type { Settings } from "../model/settings/settings.ts";
import type { Finding } from "./findings.ts";
import type { KnownPrinter } from "./printer-checks.ts";

/** The drivers that there are, by their ids. */
export type KnownDrivers = {
	readonly scanners: Readonly<Record<string, Pick<ScannerDriver, "aim" | "codeIds" | "framing">>>;
	readonly printers: Readonly<Record<string, KnownPrinter>>;
};

/** Every device names a driver that there is. */
export function driverFindings(settings: Partial<Settings>, known: KnownDrivers): Finding[] {
	return (["scanners", "printers"] as const).flatMap((kind) =>
		(settings[kind] ?? []).flatMap(({ driver }, index) => {
			if (Object.hasOwn(known[kind], driver)) return [];
			const expected = `expected one of: ${Object.keys(known[kind]).join(", ")}`;
			return [{ path: [kind, index, "driver"], text: `${expected}, got ${JSON.stringify(driver)}` }];
		}),
	);
}

/** Lengths of the barcodes on products: EAN-8, UPC-A, EAN-13, ITF-14. */
const productLengths = [8, 12, 13, 14];

/**
 * Without AIM identifiers nobody can tell a card of bare digits from a product of the same length, and every such
 * product would be taken for a card.
 */
export function productFindings(settings: Partial<Settings>, known: KnownDrivers): Finding[] {
	const deaf = (settings.scanners ?? []).filter((scanner) => isDeaf(scanner, known));
	if (deaf.length === 0) return [];
	const names = deaf.map(({ name }) => name).join(", ");
	return (settings.brands ?? []).flatMap((brand, at) =>
		brand.layouts.flatMap((layout, index) => {
			const length = productLength(layout, brand.totp.passLength);
			if (length === undefined) return [];
			const why = `without a prefix a product of ${length} digits would be taken for a card at scanner ${names}`;
			const remedy =
				"switch AIM identifiers on in the scanner and set aim: true, or give the layout a prefix";
			return [{ path: ["brands", at, "layouts", index], text: `${why}: ${remedy}` }];
		}),
	);
}

/** Whether nothing tells this scanner's codes apart by their symbology. A driver that there is not is told elsewhere. */
function isDeaf(scanner: ScannerSettings, known: KnownDrivers): boolean {
	const driver = Object.hasOwn(known.scanners, scanner.driver) ? known.scanners[scanner.driver] : undefined;
	if (driver === undefined) return false;
	const { by } = scanner.framing ?? driver.framing;
	const isToldByTransport = by === "ssi" || by === "hid-pos" || by === "ibm-oem";
	return !isToldByTransport && !(scanner.aim ?? driver.aim) && (scanner.codeIds ?? driver.codeIds) === null;
}

function productLength({ prefix, number, session }: LayoutSettings, passLength: number): number | undefined {
	if (prefix !== "") return undefined;
	const least = number.least + (session === null ? 0 : session.least + passLength);
	const most = number.most + (session === null ? 0 : session.most + passLength);
	return productLengths.find((length) => least <= length && length <= most);
}

/**
 * A brand behind the bridge needs one, and the vendor's library takes one prefix for all cards of a brand that can
 * pay.
 */
export function bridgeFindings({ brands = [], bridge }: Partial<Settings>): Finding[] {
	return brands.flatMap(({ verifier, layouts }, index) => {
		if (verifier !== "bridge") return [];
		const prefixes = layouts.filter(({ session }) => session !== null).map(({ prefix }) => prefix);
		const none = { path: ["brands", index, "verifier"], text: "expected builtin, because bridge is null" };
		const several = {
			path: ["brands", index, "layouts"],
			text: "expected one prefix for all layouts with a session, because the vendor's library takes no more",
		};
		return [...(bridge === null ? [none] : []), ...(new Set(prefixes).size > 1 ? [several] : [])];
	});
}

/** Linux takes a socket's path of at most 107 bytes, macOS 103; a relative path grows by its folder. */
const mostSocketPathBytes = 100;

/** A named pipe of Windows; elsewhere it would be a file of that odd name. */
const pipe = /^\\\\\.\\pipe\\[^\\]+$/;

/**
 * Where POS programs connect can be had on this system, and who comes by TCP or WebSocket has a token to say.
 * @param system as `process.platform`.
 */
export function socketFindings(
	{ socket }: Partial<Settings>,
	folder: string,
	system: NodeJS.Platform = process.platform,
): Finding[] {
	if (socket === undefined) return [];
	const { tcp, webSocket, tokens, allowedUsers } = socket;
	const isOpenToStrangers = (tcp !== null || webSocket !== null) && tokens.length === 0;
	const isTakenTwice = tcp !== null && tcp.port === webSocket?.port && tcp.host === webSocket.host;
	const complaints = [
		["path", pathComplaint(socket.path, folder, system)],
		["webSocket", isTakenTwice && "expected another port than that of socket.tcp"],
		["tokens", isOpenToStrangers && "expected at least one, because tcp or webSocket is not null"],
		["allowedUsers", allowedUsers && system !== "linux" && "expected null: only Linux tells who connects"],
	] as const;
	return complaints.flatMap(([key, text]) => (text ? [{ path: ["socket", key], text }] : []));
}

function pathComplaint(path: string, folder: string, system: NodeJS.Platform): string | undefined {
	if (system === "win32") {
		return pipe.test(path) ? undefined : `expected a pipe such as \\\\.\\pipe\\kassad, got ${path}`;
	}
	if (pipe.test(path)) return `expected a file's path, because this is not Windows, got ${path}`;
	const whole = resolve(folder, path);
	if (Buffer.byteLength(whole) <= mostSocketPathBytes) return undefined;
	return `expected a path of at most ${mostSocketPathBytes} bytes, got ${whole}`;
}
