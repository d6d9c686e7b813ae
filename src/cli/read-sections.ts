import { dirname, resolve } from "node:path";
import { z } from "zod";
import { findingLines, findingsOf } from "../config/findings.ts";
import { readYaml } from "../config/yaml.ts";
import { FaultError } from "../model/fault.ts";
import type { Settings } from "../model/settings/settings.ts";

/**
 * Reads some sections of the settings, the socket among them. The other sections of the file may be wrong, and no secret
 * is asked for. A relative path of the socket counts from the file's folder.
 * @throws {FaultError} `config-invalid`; its detail lists everything that is wrong, one line each.
 */
export function readSections<Sections extends Pick<Settings, "socket">>(
	path: string,
	sections: z.ZodType<Sections> & { readonly shape: object },
): Sections {
	const file = readYaml(path);
	const here = z.record(z.string(), z.unknown()).safeParse(file.value);
	const known = Object.entries(here.data ?? {}).filter(([key]) => Object.hasOwn(sections.shape, key));
	const parsed = sections.safeParse(Object.fromEntries(known));
	if (!parsed.success) {
		const findings = findingsOf(parsed.error.issues, file.value);
		throw new FaultError("config-invalid", findingLines(path, findings, file.lineOf).join("\n"));
	}
	const { socket } = parsed.data;
	return { ...parsed.data, socket: { ...socket, path: resolve(dirname(resolve(path)), socket.path) } };
}
