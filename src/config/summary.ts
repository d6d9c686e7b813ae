import type { BrandSettings, LayoutSettings } from "../model/settings/cards.ts";
import type { PrinterConnection } from "../model/settings/devices.ts";
import type { PostbackSettings } from "../model/settings/postback.ts";
import type { Settings } from "../model/settings/settings.ts";
import { placeOf } from "./secrets.ts";
import { drawTable } from "./table.ts";

type Row = readonly [what: string, value: string];

/** The configuration as a drawn table that a technician compares with the shop. Shows no secret. */
export function summary(settings: Settings): string {
	const { payApi, storeApi, store, brands, bridge, scanners, printers, journal, socket } = settings;
	return drawTable([
		[
			"environment",
			payApi.environment === "test" ? "test: no real money moves" : "PRODUCTION: real money moves",
		],
		["address", payApi.baseUrl[payApi.environment]],
		["login", payApi.login],
		["password", `from ${placeOf(payApi.password)}`],
		["authorities", payApi.caFile === null ? "the usual ones" : `the usual ones and ${payApi.caFile}`],
		["ways to pay", payApi.enums.paymentTypes.join(", ")],
		["postbacks", postbacksAt(payApi.postback)],
		["store", store.storeId],
		["terminal", store.terminalId],
		...store.terminals.map(({ terminalId, scanners: own, printer }): Row => {
			const devices = `scanners ${own.join(", ") || "none"}; printer ${printer ?? "none"}`;
			return [`terminal ${terminalId}`, devices];
		}),
		...brands.flatMap((brand) => brandRows(brand, bridge)),
		...devices("scanner", scanners, ({ driver, path }) => `${driver} at ${path}`),
		...devices("printer", printers, ({ driver, connection }) => `${driver} ${wayTo(connection)}`),
		["store list", `${storeApi.baseUrl}, password from ${placeOf(storeApi.password)}`],
		["journal", `${journal.folder}, keys kept ${journal.keepDays} days, ${erasedAfter(journal)}`],
		...socketRows(socket),
	]);
}

function erasedAfter({ eraseAfterDays }: Settings["journal"]): string {
	return eraseAfterDays === null ? "nothing erased" : `erased after ${eraseAfterDays} days`;
}

function postbacksAt(postback: PostbackSettings | null): string {
	if (postback === null) return "none: the till asks";
	const { host, port, path, tls } = postback;
	return `${tls === null ? "http" : "https"} at ${host}, port ${port}, ${path}`;
}

function socketRows({ path, mode, allowedUsers, tcp, webSocket, tokens }: Settings["socket"]): Row[] {
	const users = allowedUsers === null ? "" : `, only ${allowedUsers.join(", ")}`;
	const rows: Row[] = [["socket", `${path}, mode ${mode}${users}`]];
	if (tcp !== null) rows.push(["socket over TCP", `${tcp.host}, port ${tcp.port}`]);
	if (webSocket !== null) {
		const { host, port, path, origins } = webSocket;
		rows.push(["socket over WebSocket", `${host}, port ${port}, ${path}, for ${origins.join(", ")}`]);
	}
	const named = tokens.map((each): Row => [`token ${each.name}`, `from ${placeOf(each.token)}`]);
	return [...rows, ...named];
}

function brandRows({ name, key, totp, layouts, verifier }: BrandSettings, bridge: Settings["bridge"]): Row[] {
	const checker = verifier === "builtin" ? "kassad itself" : `the bridge, ${bridge?.command ?? "none"}`;
	return [
		[`brand ${name}`, `key from ${placeOf(key)}`],
		["", `passwords checked by ${checker}`],
		...layouts.map(
			(layout): Row => ["", `${parts(layout, totp.passLength)}: ${layout.symbologies.join(", ")}`],
		),
	];
}

/** `"77" + number 13 + session 6 + password 3`. */
function parts({ prefix, number, session }: LayoutSettings, passLength: number): string {
	const start = `${prefix === "" ? "" : `"${prefix}" + `}number ${range(number)}`;
	if (session === null) return `${start} (cannot pay)`;
	return `${start} + session ${range(session)} + password ${passLength}`;
}

function range({ least, most }: LayoutSettings["number"]): string {
	return least === most ? `${least}` : `${least} to ${most}`;
}

function devices<D extends { name: string }>(
	kind: string,
	list: readonly D[],
	facts: (device: D) => string,
): Row[] {
	return list.length === 0
		? [[kind, "none"]]
		: list.map((device) => [`${kind} ${device.name}`, facts(device)]);
}

function wayTo(connection: PrinterConnection): string {
	switch (connection.by) {
		case "tcp":
			return `at ${connection.host}, port ${connection.port}`;
		case "usb":
			return `at ${connection.device}`;
		default:
			return `at ${connection.path} (${connection.by})`;
	}
}
