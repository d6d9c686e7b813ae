import { join } from "node:path";
import { findingLines, findingsOf } from "./config/findings.ts";
import { readYaml } from "./config/yaml.ts";
import { FaultError } from "./model/fault.ts";
import { type DocumentsSettings, documentsSettings } from "./model/settings/documents.ts";

const shipped = join(import.meta.dirname, "../config/documents.yaml");

/**
 * Reads the templates of all documents, from a file of at most 1 MB.
 * @throws {FaultError} `config-invalid` when a line is of no known kind or names a hole that its document does not
 * have; everything that is wrong is listed, one line each, with what is allowed there.
 */
export function loadDocuments(path = shipped): DocumentsSettings {
	const file = readYaml(path);
	const parsed = documentsSettings.safeParse(file.value);
	if (parsed.success) return parsed.data;
	const findings = findingsOf(parsed.error.issues, file.value);
	throw new FaultError("config-invalid", findingLines(path, findings, file.lineOf).join("\n"));
}
