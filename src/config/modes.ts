import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Settings } from "../model/settings/settings.ts";
import type { Finding } from "./findings.ts";
import { secretFiles } from "./secret-files.ts";

/** Permission bits, chmod(1): of everybody else, and of the file's group. */
const bits = { othersWrite: 0o002, groupWrite: 0o020, anyOfOthers: 0o077, sticky: 0o1000 } as const;

/** A file or folder of kassad's with which somebody else can do too much. */
export type OpenFile = Finding & {
	/** Which of kassad's things it is. */
	readonly what: "settings" | "secrets" | "journal" | "socket";
	/** Whether kassad refuses to start; otherwise it warns. */
	readonly refuses: boolean;
};

/**
 * Everything of this configuration that is too open: the settings and the folders of secrets and socket when others
 * may change what lies there, the journal also when others may read it. A file that does not exist yet is none of
 * them; neither is a secret file itself, which is looked at when it is read. On Windows, which has access lists
 * instead of modes, nothing is found.
 * @param file of the settings; their relative paths count from its folder.
 */
export function openFiles({ journal, socket, ...others }: Partial<Settings>, file: string): OpenFile[] {
	if (process.platform === "win32") return [];
	const folder = dirname(resolve(file));
	const secrets = secretFiles({ ...others, socket });
	return [
		...settingsFile(file),
		...secrets.flatMap(({ path, place }) => folderOf(resolve(folder, path), "secrets", place)),
		...(journal ? journalFiles(resolve(folder, journal.folder)) : []),
		...(socket ? socketFiles(socket, folder) : []),
	];
}

/** Whoever writes the settings chooses the server and the bridge's program: the money and the till are theirs. */
function settingsFile(file: string): OpenFile[] {
	return [...writable(resolve(file), "settings", []), ...folderOf(resolve(file), "settings", [])];
}

/** Whoever takes the socket's place may tell a POS program that it has been paid. */
function socketFiles({ path, mode }: Settings["socket"], folder: string): OpenFile[] {
	// To connect is to write.
	const isForAll = (Number.parseInt(mode, 8) & bits.othersWrite) !== 0;
	const text = `every user of this machine may pay and give back: only a mode such as "0660" keeps them out`;
	return [
		...folderOf(resolve(folder, path), "socket", ["socket", "path"]),
		...(isForAll ? [{ what: "socket" as const, refuses: false, path: ["socket", "mode"], text }] : []),
	];
}

/** Whoever may write in the folder of a file may put another file in its place, whatever the mode of that. */
function folderOf(path: string, what: OpenFile["what"], place: Finding["path"]): OpenFile[] {
	return writable(dirname(path), what, place);
}

function writable(path: string, what: OpenFile["what"], place: Finding["path"]): OpenFile[] {
	const mode = modeOf(path);
	// In a sticky folder such as /tmp nobody can move away what another has put there.
	if (mode === undefined || (mode & bits.sticky) !== 0) return [];
	if ((mode & bits.othersWrite) !== 0) {
		return [
			{ what, refuses: true, path: place, text: `everybody may change ${path}: run chmod o-w ${path}` },
		];
	}
	if ((mode & bits.groupWrite) === 0) return [];
	// Many systems give each user a group alone, so this one need not be somebody else.
	const text = `its group may change ${path}: run chmod g-w ${path}`;
	return [{ what, refuses: false, path: place, text }];
}

/** What the daemon makes in `journal.folder`. */
const journalNames = ["journal.db", "journal.db-wal", "journal.db-shm", "journal.key", "lock.db"];

function journalFiles(folder: string): OpenFile[] {
	const found = (path: string, words: string, remedy: string): OpenFile => {
		const text = `${words} ${path}: run chmod ${remedy} ${path}`;
		return { what: "journal", refuses: true, path: ["journal", "folder"], text };
	};
	const mode = modeOf(folder) ?? 0;
	// That others may see which files are there, as in a folder made by systemd, tells them nothing.
	const isOpen = (mode & (bits.othersWrite | bits.groupWrite)) !== 0;
	const files = journalNames.map((name) => join(folder, name));
	return [
		...folderOf(folder, "journal", ["journal", "folder"]),
		...(isOpen ? [found(folder, "others may change", "go-w")] : []),
		...files
			.filter((path) => ((modeOf(path) ?? 0) & bits.anyOfOthers) !== 0)
			.map((path) => found(path, "others may read or change", "600")),
	];
}

/** Undefined when there is no such file or it cannot be looked at: whoever opens it tells why. */
function modeOf(path: string): number | undefined {
	try {
		return statSync(path).mode;
	} catch {
		return undefined;
	}
}
