import type { CheckVerdict, RedCode, Remark } from "../model/self-test.ts";
import { type Check, green, type PosLine, red, remark, usualMs } from "./check.ts";

/** What stands around the till, by the settings. */
export type Outside = {
	readonly scanners: readonly string[];
	readonly printers: readonly string[];
	readonly brands: readonly string[];
	readonly line: Pick<PosLine, "call">;
	/** What a printer says that it is, "" when it says nothing. */
	readonly identity: (printer: string) => string;
	/** Resolves when the brand's verifier has answered. Rejects when it does not. */
	readonly verifierAnswers: (brand: string, signal: AbortSignal) => Promise<void>;
};

/** Whether each device of the settings is there and well, and whoever checks passwords answers. */
export function externalChecks(outside: Outside): readonly Check[] {
	const { printers, scanners, brands, line } = outside;
	return [
		...printers.map((printer) =>
			external("printer", printer, async () => printerVerdict(await deviceOf(line, printer), outside)),
		),
		...scanners.map((scanner) =>
			external("scanner", scanner, async () => scannerVerdict(await deviceOf(line, scanner))),
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

async function deviceOf({ call }: Pick<PosLine, "call">, name: string): Promise<Device> {
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
