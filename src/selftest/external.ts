import type { Clock } from "../model/clock.ts";
import type { CheckVerdict, RedCode, Remark } from "../model/self-test.ts";
import { type Check, green, type PosLine, red, remark, usualMs } from "./check.ts";

/** What stands around the till, by the settings. */
export type Outside = {
	readonly scanners: readonly string[];
	readonly printers: readonly string[];
	readonly brands: readonly string[];
	readonly line: Pick<PosLine, "call">;
	readonly clock: Clock;
	/** What a printer says that it is, "" when it says nothing. */
	readonly identity: (printer: string) => string;
	/** Resolves when the brand's verifier has answered. Rejects when it does not. */
	readonly verifierAnswers: (brand: string, signal: AbortSignal) => Promise<void>;
};

/** A daemon that has just begun opens its devices within so long; it is asked again so often, ms. */
const [patienceMs, everyMs] = [5_000, 250];

/** Whether each device of the settings is there and well, and whoever checks passwords answers. */
export function externalChecks(outside: Outside): readonly Check[] {
	const { printers, scanners, brands } = outside;
	return [
		...printers.map((printer) =>
			external("printer", printer, async ({ signal }) =>
				printerVerdict(await deviceOf(outside, printer, signal), outside),
			),
		),
		...scanners.map((scanner) =>
			external("scanner", scanner, async ({ signal }) =>
				scannerVerdict(await deviceOf(outside, scanner, signal)),
			),
		),
		...brands.map((brand) =>
			external("verifier", brand, ({ signal }) => verifierVerdict(brand, outside, signal)),
		),
	];
}

function external(title: "printer" | "scanner" | "verifier", device: string, run: Check["run"]): Check {
	const name = `${title}:${device}`;
	return {
		name,
		kind: "external",
		title: remark(title, { device, brand: device }),
		needs: [],
		mostMs: usualMs,
		run,
	};
}

/** A device as `device.list` tells it; what a family does not tell is left out. */
type Device = {
	readonly name: string;
	readonly state: string;
	readonly path: string;
	readonly paper: string;
	readonly fault: string;
	readonly detail: string;
	readonly held: boolean;
};

/** A device as it is, or as it still is when patience has ended. */
async function deviceOf({ line, clock }: Outside, name: string, signal: AbortSignal): Promise<Device> {
	const until = clock.now() + patienceMs;
	let device = await listed(line, name);
	while (device.state === "away" && clock.now() < until) {
		await clock.sleep(everyMs, signal);
		device = await listed(line, name);
	}
	return device;
}

async function listed({ call }: Pick<PosLine, "call">, name: string): Promise<Device> {
	const { scanners, printers } = await call("device.list", {});
	const all = [scanners, printers].flat() as readonly Readonly<Record<string, unknown>>[];
	const found = all.find((device) => (device.scanner ?? device.printer) === name) ?? {};
	const text = (field: string) => String(found[field] ?? "");
	return {
		name,
		state: text("state"),
		path: text("path") || text("at"),
		paper: text("paper"),
		fault: text("fault"),
		detail: text("detail") || "-",
		held: found.held === true,
	};
}

function printerVerdict(device: Device, { identity }: Outside): CheckVerdict {
	const { name, state, path, paper, fault, detail, held } = device;
	const facts = { device: name, path, fault, detail };
	if (state === "away") return red("printer-away", facts);
	if (fault === "printer-paper-out") return red("printer-paper-out", facts);
	if (state === "stopped") return red("printer-stopped", facts);
	if (held) return red("printer-held", facts);
	if (state === "unreadable") return green("printer-silent", facts);
	const said = identity(name);
	const how = paper === "low" ? "printer-paper-low" : "printer-ready";
	const is = said === "" ? [] : [remark("printer-is" as const, { identity: said })];
	return { state: "green", remarks: [remark(how, facts), ...is] };
}

function scannerVerdict({ name, state, path, detail }: Device): CheckVerdict {
	if (state === "ready") return green("scanner-ready", { device: name, path });
	return red("scanner-away", { device: name, path, detail });
}

async function verifierVerdict(
	brand: string,
	{ verifierAnswers }: Outside,
	signal: AbortSignal,
): Promise<CheckVerdict> {
	try {
		await verifierAnswers(brand, signal);
		return green("verifier-answers", { brand });
	} catch (error) {
		const remarks: Remark<RedCode>[] = [
			remark("verifier-silent", { brand, detail: error instanceof Error ? error.message : String(error) }),
		];
		return { state: "red", remarks };
	}
}
