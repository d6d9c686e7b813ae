import { drawTable } from "../config/table.ts";
import type { Plugged } from "../ports/plugged.ts";
import type { Known, missing, Verdict } from "./device-verdict.ts";

/** A device file with all that is told of it. */
export type Entry = {
	readonly device: Plugged;
	readonly verdict: Verdict;
	/** What keeps kassad from opening it, and what to do. */
	readonly troubles: readonly string[];
};

/** What `kassad devices` found. */
export type Findings = {
	readonly entries: readonly Entry[];
	/** Scanners of the settings that are not there. */
	readonly missing: ReturnType<typeof missing>;
	/** What is wrong with the machine or the settings as a whole. */
	readonly notes: readonly string[];
};

const head = ["Device", "File", "USB id", "Serial number", "Socket", "What kassad does with it"];

/** The findings for a technician to read. */
export function devicesReport({ entries, missing, notes }: Findings, drivers: Known["drivers"]): string {
	const rows = entries.map(({ device, verdict }) => {
		const { maker, product, path, vendorId, productId, serial, port } = device;
		const what = [maker, product].filter((text) => text !== undefined).join(" ");
		const ids = vendorId === undefined ? "-" : `${vendorId}:${productId ?? "?"}`;
		return [what || "-", path, ids, serial ?? "-", port ?? "-", verdictWords(verdict, drivers)];
	});
	const table = rows.length === 0 ? "Nothing that could be a scanner is plugged in." : drawTable(rows, head);
	const troubles = entries.flatMap(({ device, troubles }) =>
		troubles.map((trouble) => `${device.path}: ${trouble}`),
	);
	const absent = missing.map(
		({ scanner, path, why }) => `Scanner ${scanner} (${path}) is not there: ${why}.`,
	);
	return [table, ...absent, ...troubles, ...notes].join("\n");
}

/** What kassad does with a device, and why. */
export function verdictWords(verdict: Verdict, drivers: Known["drivers"]): string {
	switch (verdict.kind) {
		case "used":
			return `used as scanner ${verdict.scanner}, with driver ${verdict.driver}`;
		case "known": {
			const [first = ""] = verdict.drivers;
			const title = drivers[first]?.title ?? first;
			return `${lowered(title)}: add it with ${adding(verdict.drivers, verdict.name)}`;
		}
		case "stranger":
			return `a bar code scanner of a maker that no driver names: try ${adding(verdict.drivers, verdict.name)}`;
		case "line":
			return `nothing tells what is behind it; if it is a scanner, add it with ${adding(["serial-generic"], verdict.name)}`;
		case "part":
			return `part of the device at ${verdict.of}: left alone`;
		case "other":
			return `${verdict.what}: left alone`;
	}
}

function adding(drivers: readonly string[], name: string): string {
	return `driver: ${drivers.join(" or ")}, path: ${name}`;
}

/** A title inside a sentence, unless it begins with a name or an abbreviation. */
function lowered(title: string): string {
	return /^Scanner\b/.test(title) ? `a s${title.slice(1)}` : title;
}
