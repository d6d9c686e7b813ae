import { styleText } from "node:util";
import { merge, share } from "rxjs";
import { systemClock as clock } from "../clock.ts";
import { openLog } from "../log.ts";
import type { Port } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import { Secret } from "../model/secret.ts";
import { listPlugged } from "../ports/plugged.ts";
import { plugged$ } from "../ports/plugged-watch.ts";
import { builtinVerifier } from "../scan/builtin-verifier.ts";
import { compileLayouts } from "../scan/layouts.ts";
import { verifierFor } from "../scan/verifiers.ts";
import { refuseBesideDaemon } from "./beside-daemon.ts";
import type { ScanFlags } from "./scan.ts";
import { hinting, live$, livePlugs$ } from "./scan-live.ts";
import { readBrandKeys, readScanSettings, type ScanSettings } from "./scan-settings.ts";
import { drawn, type Mood, type Paint } from "./scan-view.ts";
import { toldToStop } from "./told-to-stop.ts";

const colours = { good: "green", bad: "red", quiet: "dim" } as const;
const bell = "\x07";
const tones: Readonly<Record<Mood, string>> = { good: bell, bad: bell + bell, quiet: "" };

/**
 * Holds the scanners open and shows what they say until Ctrl-C.
 * @throws {FaultError} `config-invalid` when there is none to watch, `scanner-away` when the daemon has them.
 */
export async function watchScanners({ config, scanner, quiet }: ScanFlags): Promise<void> {
	const settings = readScanSettings(config);
	const scanners = settings.scanners.filter(({ name }) => scanner === undefined || name === scanner);
	if (scanners.length === 0) {
		const names = settings.scanners.map(({ name }) => name).join(", ") || "none";
		throw new FaultError("config-invalid", `no such scanner in ${config}; it has: ${names}`);
	}
	await refuseBesideDaemon(settings.socket.path, "the scanners", "scanner-away");
	const { keys, missing } = readBrandKeys(config, settings, process.env);
	for (const why of missing) process.stderr.write(`No password is checked. ${why}\n`);
	const layouts = compileLayouts(
		settings.brands.map((brand) => ({ ...brand, passLength: brand.totp.passLength })),
	);
	const log = openLog("warn", process.stderr);
	const { verifier, close } = verifierOf(settings, keys, log);
	const unchecked = (brand: string) =>
		keys.has(brand) ? undefined : "password not checked: no key of the brand";
	const facts = { brands: settings.brands, stepsOff: verifier.stepsOff, unchecked };
	const ports: Port[] = [];
	const tools = { layouts, verifier, log, opened: (port: Port) => ports.push(port) };
	const plugs$ = plugged$(listPlugged, settings.scans.lookEveryMs, clock).pipe(share());
	const news$ = merge(
		livePlugs$(settings.scanners, scanner, plugs$),
		...scanners.map((one) => live$(one, settings, tools)),
	);
	const watch = news$.subscribe((news) => {
		const { mood, lines } = drawn(news, facts, paint);
		process.stdout.write(`${lines.join("\n")}\n${process.stdout.isTTY && !quiet ? tones[mood] : ""}`);
	});
	await toldToStop();
	watch.unsubscribe();
	// A HID device that is still open would keep the process.
	await Promise.all([...ports.map((port) => port.close()), close()]);
}

/** Colours on a terminal, as far as NO_COLOR and the like allow. */
const paint: Paint = (mood, text) => styleText(colours[mood], text, { stream: process.stdout });

function verifierOf({ brands, bridge }: ScanSettings, keys: ReadonlyMap<string, Secret>, log: Log) {
	const known = brands.flatMap((brand) => {
		const key = keys.get(brand.name);
		return key === undefined ? [] : [{ ...brand, key }];
	});
	// Only the Pay API is shown the till's fingerprint.
	const none = new Secret("");
	const strict = verifierFor(known, bridge, none, { clock, log });
	const wide = (windowSteps: number) => {
		const own = known.filter(({ verifier }) => verifier === "builtin");
		const brands = own.map((brand) => ({ ...brand, totp: { ...brand.totp, windowSteps } }));
		return builtinVerifier(brands, none, clock);
	};
	return { verifier: hinting(strict, wide), close: () => strict.close() };
}
