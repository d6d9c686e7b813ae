import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { KnownDrivers } from "../src/config/checks.ts";
import { type LoadedConfig, loadConfig } from "../src/config.ts";
import { FaultError } from "../src/model/fault.ts";

export const shipped = join(import.meta.dirname, "../config/kassad.yaml");
export const brandKey = "00112233445566778899aabbccddeeff";
export const env = { KASSAD_PAY_PASSWORD: "swordfish", KASSAD_BRAND_KEY: brandKey };
const silent = { codeIds: null, framing: { by: "silence", gapMs: 50 } } as const;
const ssi = { by: "ssi", types: {}, setup: [], answerMs: 500, tries: 3, gapMs: 200 } as const;
export const known: KnownDrivers = {
	scanners: {
		"serial-generic": { aim: true, ...silent },
		deaf: { aim: false, ...silent },
		lettered: { ...silent, aim: false, codeIds: { j: "code128" } },
		packets: { ...silent, aim: false, framing: { ...ssi } },
	},
	printers: { "generic-80mm": {} },
};

type Tree = Record<string | number, unknown>;
type Variables = Record<string, string | undefined>;

/** The shipped settings with some places changed: `{"payApi.retry.attempts": "three"}`. */
function changed(places: Record<string, unknown>): string {
	const settings = parse(readFileSync(shipped, "utf8"));
	for (const [place, value] of Object.entries(places)) {
		const keys = place.split(".");
		const last = keys.pop() as string;
		const at = keys.reduce<Tree>((tree, key) => tree[key] as Tree, settings);
		if (value === undefined) delete at[last];
		else at[last] = value;
	}
	return stringify(settings);
}

/** A settings file in a folder of its own, for tests that write it, load it and hear what is wrong. */
export function settingsFile() {
	const folder = mkdtempSync(join(tmpdir(), "kassad-config-"));
	const file = join(folder, "kassad.yaml");
	const loadText = (text: string, variables: Variables = env): LoadedConfig => {
		writeFileSync(file, text);
		return loadConfig(file, variables, known);
	};
	return {
		folder,
		file,
		loadText,
		load: (places: Record<string, unknown>, variables?: Variables) => loadText(changed(places), variables),
		/** What is wrong, without the file's name and the line; nothing when all is well. */
		complaints: (deed: () => unknown): string[] => {
			try {
				deed();
				return [];
			} catch (error) {
				if (!(error instanceof FaultError) || error.code !== "config-invalid") throw error;
				const lines = error.detail.split("\n");
				return lines.map((line) => line.replace(`${file}: `, "").replace(/ \(line \d+\)$/, ""));
			}
		},
	};
}
