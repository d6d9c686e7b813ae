import type { ScannerDriver } from "../model/device.ts";
import type { ScannerSettings } from "../model/settings/devices.ts";
import type { Plugged } from "../ports/plugged.ts";
import { deviceName, fits, hasUsage, isNamed, isSameDevice, nameFor } from "../ports/plugged-name.ts";
import { resolve } from "../ports/plugged-resolve.ts";

/** What kassad knows before it looks at devices. */
export type Known = {
	readonly scanners: readonly Pick<ScannerSettings, "name" | "driver" | "path">[];
	readonly drivers: Readonly<Record<string, Pick<ScannerDriver, "id" | "title" | "channel" | "marks">>>;
};

/** What kassad does with a device file, or could do. */
export type Verdict =
	/** A scanner of the settings. */
	| { readonly kind: "used"; readonly scanner: string; readonly driver: string }
	/** Drivers whose marks it bears, the most particular first, and a name for it. */
	| { readonly kind: "known"; readonly drivers: readonly string[]; readonly name: string }
	/** A scanner by its usage page, of a maker that no driver names. */
	| { readonly kind: "stranger"; readonly drivers: readonly string[]; readonly name: string }
	/** A serial line, behind which anything may be. */
	| { readonly kind: "line"; readonly name: string }
	/** Another file of a device that is used or known by one of its files. */
	| { readonly kind: "part"; readonly of: string }
	/** No scanner. */
	| { readonly kind: "other"; readonly what: string };

/** The usage page of bar code scanners (HID usage tables 1.5, chapter 26). */
const scannerPage = 0x8c;

/** What a device is whose usages these are (HID usage tables 1.5, chapters 4, 15 and 16). */
const kinds: readonly { readonly usagePage: number; readonly usage?: number; readonly what: string }[] = [
	{ usagePage: 0x01, usage: 0x06, what: "a keyboard" },
	{ usagePage: 0x01, usage: 0x02, what: "a mouse" },
	{ usagePage: 0x0d, what: "a touch screen or pad" },
	{ usagePage: 0x0c, what: "media keys" },
];

/** What kassad does with each device file of the list, in its order. */
export function verdicts(list: readonly Plugged[], known: Known): readonly Verdict[] {
	const first = list.map((device) => verdictOf(device, list, known));
	return first.map((verdict, index) => {
		if (verdict.kind !== "other" && verdict.kind !== "known") return verdict;
		const device = list[index];
		const better = list.findIndex((other, at) => {
			const same = device !== undefined && at !== index && isSameDevice(device, other);
			return same && ranks[first[at]?.kind ?? "other"] < ranks[verdict.kind];
		});
		return better < 0 ? verdict : { kind: "part", of: list[better]?.path ?? "" };
	});
}

/** Which file of a device speaks for it: that which is used, else one that a driver fits. */
const ranks: Readonly<Record<Verdict["kind"], number>> = {
	used: 0,
	known: 1,
	stranger: 2,
	line: 3,
	part: 3,
	other: 3,
};

function verdictOf(device: Plugged, list: readonly Plugged[], { scanners, drivers }: Known): Verdict {
	const user = scanners.find((scanner) => isUsedAs(device, list, scanner, drivers));
	if (user !== undefined) return { kind: "used", scanner: user.name, driver: user.driver };
	const name = nameFor(device, list);
	const marked = markedDrivers(device, drivers);
	if (marked.length > 0) return { kind: "known", drivers: marked, name };
	if (device.channel === "serial") return { kind: "line", name };
	if (device.usages.some(({ usagePage }) => usagePage === scannerPage)) {
		return { kind: "stranger", drivers: scannerPageDrivers(drivers), name };
	}
	const kind = kinds.find((kind) => device.usages.length > 0 && hasUsage(device, kind));
	return { kind: "other", what: kind?.what ?? "no scanner" };
}

function isUsedAs(
	device: Plugged,
	list: readonly Plugged[],
	scanner: Known["scanners"][number],
	drivers: Known["drivers"],
): boolean {
	const name = deviceName(scanner.path);
	const driver = drivers[scanner.driver];
	if (typeof name === "string" || driver === undefined) return false;
	if (name.by === "path") return isNamed(device, name);
	const found = resolve(name, list, driver);
	return "path" in found && found.path === device.path;
}

/** Ids of the drivers whose marks the device bears; those with a product or a usage in the mark come first. */
function markedDrivers(device: Plugged, drivers: Known["drivers"]): string[] {
	const bearing = Object.values(drivers).flatMap(({ id, channel, marks }) => {
		if (channel !== device.channel) return [];
		const facts = marks.filter((mark) => fits(device, mark)).map((mark) => Object.keys(mark).length);
		return facts.length === 0 ? [] : [{ id, facts: Math.max(...facts) }];
	});
	return bearing.sort((one, other) => other.facts - one.facts).map(({ id }) => id);
}

function scannerPageDrivers(drivers: Known["drivers"]): string[] {
	return Object.values(drivers)
		.filter(({ marks }) => marks.some(({ usagePage }) => usagePage === scannerPage))
		.map(({ id }) => id);
}

/** Scanners of the settings that no device file is for, and why. */
export function missing(
	list: readonly Plugged[],
	{ scanners, drivers }: Known,
): { readonly scanner: string; readonly path: string; readonly why: string }[] {
	return scanners.flatMap(({ name: scanner, path, driver: id }) => {
		const driver = drivers[id];
		const tell = (why: string) => [{ scanner, path, why }];
		if (driver === undefined) return tell(`there is no driver ${id}`);
		const name = deviceName(path);
		if (typeof name === "string") return tell(name);
		if (name.by === "path") {
			return list.some((device) => isNamed(device, name)) ? [] : tell("no such device is plugged in");
		}
		const found = resolve(name, list, driver);
		return "why" in found ? tell(found.why) : [];
	});
}
