import { dirname, resolve } from "node:path";
import type { z } from "zod";
import { readBrandKey } from "../config/secrets.ts";
import { FaultError } from "../model/fault.ts";
import type { Secret } from "../model/secret.ts";
import { settings as whole } from "../model/settings/settings.ts";
import { readSections } from "./read-sections.ts";

const sections = whole.pick({
	brands: true,
	bridge: true,
	scanners: true,
	reopen: true,
	scans: true,
	socket: true,
});

/** What the settings say of scanners and cards. */
export type ScanSettings = z.infer<typeof sections>;

/**
 * Reads what a technician at the scanners needs. The other sections of the file may be wrong, and no secret is asked
 * for. A relative path of the socket counts from the file's folder.
 * @throws {FaultError} `config-invalid`; its detail lists everything that is wrong, one line each.
 */
export function readScanSettings(path: string): ScanSettings {
	return readSections(path, sections);
}

/** The keys of the brands whose key can be read, and why the others' cannot. */
export function readBrandKeys(
	path: string,
	{ brands }: ScanSettings,
	env: Readonly<Record<string, string | undefined>>,
): { readonly keys: ReadonlyMap<string, Secret>; readonly missing: readonly string[] } {
	const keys = new Map<string, Secret>();
	const missing: string[] = [];
	for (const { name, key } of brands) {
		try {
			keys.set(name, readBrandKey(key, dirname(resolve(path)), env));
		} catch (error) {
			if (!(error instanceof FaultError)) throw error;
			missing.push(`brand ${name}: ${error.detail}`);
		}
	}
	return { keys, missing };
}
