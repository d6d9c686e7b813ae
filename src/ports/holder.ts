import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { basename, join } from "node:path";

/** A running program. */
export type Holder = {
	readonly pid: number;
	/** As the program calls itself; empty when it may not be read. */
	readonly name: string;
};

/**
 * Which programs have a device file open, found in /proc; none where there is no /proc. Programs of other users are
 * seen only by root.
 * @param proc where /proc is.
 */
export async function holdersOf(path: string, proc = "/proc"): Promise<readonly Holder[]> {
	const file = await realpath(path).catch(() => path);
	const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name));
	const holders: Holder[] = [];
	for (const pid of pids) {
		if (await holds(join(proc, pid, "fd"), file)) {
			holders.push({ pid: Number(pid), name: await nameOf(join(proc, pid)) });
		}
	}
	return holders;
}

async function holds(folder: string, file: string): Promise<boolean> {
	// A program may end, and a descriptor may be closed, while they are looked at.
	const names = await readdir(folder).catch(() => []);
	const targets = await Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => "")));
	return targets.includes(file);
}

async function nameOf(folder: string): Promise<string> {
	const comm = (await readFile(join(folder, "comm"), "utf8").catch(() => "")).trim();
	// So does Node name its first thread; its program says more.
	const name = comm === "MainThread" ? await readlink(join(folder, "exe")).then(basename, () => comm) : comm;
	return name.replace(/\p{C}/gu, "?");
}
