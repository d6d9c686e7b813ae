import { dirname, resolve } from "node:path";
import type { z } from "zod";
import { settings as whole } from "../model/settings/settings.ts";
import { readSections } from "./read-sections.ts";

const sections = whole.pick({
	language: true,
	waitMinutes: true,
	journal: true,
	store: true,
	socket: true,
});

/** What the settings say of the journal, whose it is, and in whose language. */
export type JournalSections = z.infer<typeof sections>;

/**
 * Reads what is needed to look into the journal. The other sections of the file may be wrong, and no secret is asked for.
 * A relative folder counts from the file's folder.
 * @throws {FaultError} `config-invalid`; its detail lists everything that is wrong, one line each.
 */
export function readJournalSettings(path: string): JournalSections {
	const { journal, ...others } = readSections(path, sections);
	return { ...others, journal: { ...journal, folder: resolve(dirname(resolve(path)), journal.folder) } };
}
