import type { BrandSettings, LayoutSettings } from "../model/settings/cards.ts";
import type { PrinterConnection, PrinterSettings, ScannerSettings } from "../model/settings/devices.ts";
import type { Settings } from "../model/settings/settings.ts";
import type { WebSocketSettings } from "../model/settings/socket.ts";

/** What the settings say, for programs: no secret, and not where one is kept (the journal's folder has its key). */
export type ConfigView = {
	readonly language: Settings["language"];
	readonly environment: Settings["payApi"]["environment"];
	readonly address: string;
	readonly login: string;
	readonly paymentTypes: readonly string[];
	/** Whether an authority of the shop's own is trusted besides the usual ones. */
	readonly ownAuthority: boolean;
	/** Where the server may post; absent when the till only asks. */
	readonly postbacks?: string;
	readonly storeId: string;
	readonly terminalId: string;
	/** Further tills that kassad serves, with their devices. */
	readonly terminals: readonly TerminalView[];
	readonly brands: readonly BrandView[];
	readonly scanners: readonly Pick<ScannerSettings, "name" | "driver" | "path">[];
	readonly printers: readonly ConfiguredPrinter[];
	/** Days for which a repeated key finds its wish, and events are told again. */
	readonly keepDays: number;
	readonly socket: string;
	/** Where else it is served, as `127.0.0.1:7001` and `ws://127.0.0.1:7002/pos`. */
	readonly tcp?: string;
	readonly webSocket?: string;
};

/** A further till; its slips are printed by `printer`, if any. */
type TerminalView = Omit<Settings["store"]["terminals"][number], "printer"> & { readonly printer?: string };

/** A brand's cards, as they are told apart. */
type BrandView = Pick<BrandSettings, "name" | "verifier"> & {
	readonly passLength: number;
	readonly layouts: readonly LayoutSettings[];
};

/** A printer as the settings name it. */
export type ConfiguredPrinter = Pick<PrinterSettings, "name" | "driver"> & {
	readonly by: PrinterConnection["by"];
	readonly at: string;
	/** The name of the printer that prints what this one cannot begin. */
	readonly substitute?: string;
};

/** The settings as a POS program may see them: as `kassad config check` shows them to people. */
export function configView(settings: Settings): ConfigView {
	const { language, payApi, store, brands, scanners, printers, journal, socket } = settings;
	const { environment, login, enums, caFile, postback } = payApi;
	return {
		...{ language, environment, address: payApi.baseUrl[environment], login },
		paymentTypes: enums.paymentTypes,
		ownAuthority: caFile !== null,
		...(postback && { postbacks: addressOf(postback) }),
		storeId: store.storeId,
		terminalId: store.terminalId,
		terminals: store.terminals.map(({ terminalId, scanners: own, printer }) => {
			return { terminalId, scanners: own, ...(printer !== null && { printer }) };
		}),
		brands: brands.map(({ name, verifier, totp, layouts }) => {
			return { name, verifier, passLength: totp.passLength, layouts };
		}),
		scanners: scanners.map(({ name, driver, path }) => ({ name, driver, path })),
		printers: printers.map(configuredPrinter),
		keepDays: journal.keepDays,
		socket: socket.path,
		...(socket.tcp && { tcp: `${hostOf(socket.tcp)}:${socket.tcp.port}` }),
		...(socket.webSocket && { webSocket: webSocketOf(socket.webSocket) }),
	};
}

/** What the settings say of one printer. */
export function configuredPrinter({
	name,
	driver,
	connection,
	substitute,
}: Pick<PrinterSettings, "name" | "driver" | "connection" | "substitute">): ConfiguredPrinter {
	const by = { by: connection.by, at: placeOf(connection) };
	return { name, driver, ...by, ...(substitute !== null && { substitute }) };
}

function placeOf(connection: PrinterConnection): string {
	if (connection.by === "tcp") return `${connection.host}:${connection.port}`;
	return connection.by === "usb" ? connection.device : connection.path;
}

const webSocketOf = (settings: WebSocketSettings) =>
	`ws://${hostOf(settings)}:${settings.port}${settings.path}`;

/** As it stands in a URL. */
const hostOf = ({ host }: { readonly host: string }) => (host.includes(":") ? `[${host}]` : host);

function addressOf({ host, port, path, tls }: NonNullable<Settings["payApi"]["postback"]>): string {
	return `${tls === null ? "http" : "https"}://${host}:${port}${path}`;
}
