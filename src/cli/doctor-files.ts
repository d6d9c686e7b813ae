import { lstatSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { openFiles } from "../config/modes.ts";
import { root } from "./config-option.ts";
import { type Check, green, red, skipped, type Target, type Verdict } from "./doctor-check.ts";

/** chmod(1): bits of the group and of everybody else. */
const bits = { anyOfOthers: 0o077, othersWrite: 0o002, all: 0o777 } as const;

/** Looks at files: who may read and change them. */
export const fileChecks: readonly Check[] = [
	{ name: "settings", title: "only kassad's user changes the settings", ...about("settings") },
	{
		name: "secrets",
		title: "nobody else reads a secret",
		attacks: false,
		run: async (at) => secretFiles(at),
	},
	{ name: "journal", title: "nobody else reads or changes the journal", ...about("journal") },
	{ name: "socket-folder", title: "nobody can take the socket's place", ...about("socket") },
	{ name: "socket-mode", title: "the socket has the mode of the settings", attacks: true, run: socketMode },
	{ name: "program", title: "nobody else changes kassad itself", attacks: false, run: program },
];

/** What the daemon looks at when it starts, as it is now. */
function about(what: "settings" | "journal" | "socket"): Pick<Check, "attacks" | "run"> {
	return {
		attacks: false,
		run: async ({ file, socket, journal }) => {
			if (process.platform === "win32") return skipped("Windows has access lists: look at them by hand");
			const open = openFiles({ socket, journal }, file).filter((each) => each.what === what);
			if (open.length === 0) return green("only those who should");
			const [words, advice] = [open.map(({ text }) => text.split(": run ")[0]), open.map(({ text }) => text)];
			return red(words.join("; "), ...advice.map(asCommand));
		},
	};
}

/** "...: run chmod o-w FILE" is what to do in one line. */
const asCommand = (text: string) => text.replace(/^.*: run /, "");

function secretFiles({ secrets }: Target): Verdict {
	if (process.platform === "win32") return skipped("Windows has access lists: look at them by hand");
	if (secrets.length === 0) return green("no secret is in a file");
	const looked = secrets.map((path) => ({ path, mode: look(path, statSync)?.mode }));
	const open = looked.filter(({ mode }) => mode !== undefined && (mode & bits.anyOfOthers) !== 0);
	if (open.length > 0) {
		const paths = open.map(({ path }) => path);
		const advice = paths.map((path) => `chmod 600 ${path}`);
		return red(
			`others may read ${paths.join(", ")}`,
			...advice,
			"Somebody may have read it: change the secret.",
		);
	}
	const unseen = looked.filter(({ mode }) => mode === undefined).map(({ path }) => path);
	if (unseen.length > 0) return skipped(`cannot look at ${unseen.join(", ")}: run this as kassad's user`);
	return green(secrets.length === 1 ? "1 file" : `${secrets.length} files`);
}

async function socketMode({ socket: { path, mode } }: Target): Promise<Verdict> {
	if (process.platform === "win32") return skipped("a named pipe has no mode");
	const found = ((look(path, lstatSync)?.mode ?? 0) & bits.all).toString(8).padStart(4, "0");
	if (found === mode) return green(mode);
	return red(`it is ${found}, and the settings say ${mode}`, `chmod ${mode} ${path}`);
}

async function program(): Promise<Verdict> {
	if (process.platform === "win32") return skipped("Windows has access lists: look at them by hand");
	const places = [".", "src", "src/cli.ts", "drivers", "config", "node_modules"].map((name) =>
		join(root, name),
	);
	const open = places.filter((path) => ((look(path, statSync)?.mode ?? 0) & bits.othersWrite) !== 0);
	if (open.length === 0) return green(root);
	return red(`everybody may change ${open.join(", ")}`, ...open.map((path) => `chmod -R o-w ${path}`));
}

function look(path: string, how: (path: string) => Stats): Stats | undefined {
	try {
		return how(path);
	} catch {
		return undefined;
	}
}
