import { dirname, resolve } from "node:path";
import { readSecret } from "../config/secrets.ts";
import { readAuthorities } from "../config.ts";
import type { Secret } from "../model/secret.ts";
import { type Settings, settings as whole } from "../model/settings/settings.ts";
import { readSections } from "./read-sections.ts";

const sections = whole.pick({ journal: true, store: true, payApi: true, socket: true });

/** What it takes to look into the journal and to ask the server. */
export type ReconcileSettings = Pick<Settings, "journal" | "store" | "payApi"> & {
	readonly password: Secret;
	/** PEM of an authority to trust besides the usual ones. */
	readonly ca?: string;
};

/**
 * Reads the sections that are needed and the Pay API's password, and no other secret: an accountant need not have the
 * till's keys. The other sections of the file may be wrong.
 * @throws {FaultError} `config-invalid`; its detail lists what is wrong, one line each.
 */
export function readReconcileSettings(
	path: string,
	env: Readonly<Record<string, string | undefined>>,
): ReconcileSettings {
	const { journal, store, payApi } = readSections(path, sections);
	const folder = dirname(resolve(path));
	const password = readSecret(payApi.password, folder, env);
	const ca = readAuthorities(payApi.caFile, folder);
	return {
		...{ store, payApi, password, ...(ca !== undefined && { ca }) },
		journal: { ...journal, folder: resolve(folder, journal.folder) },
	};
}
