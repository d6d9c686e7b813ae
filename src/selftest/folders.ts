import { constants } from "node:fs";
import { access, readdir, stat, statfs } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import type { CheckVerdict, RedCode, Remark } from "../model/self-test.ts";
import { green, red, remark } from "./check.ts";

/** Where the till keeps what it writes. */
export type Places = {
	/** Folder of the journal; made at the first start. */
	readonly journal: string;
	/** The socket's file, or a pipe's name on Windows. */
	readonly socket: string;
};

/** Whether this user may write where the till writes. Windows' pipes have no folder. */
export async function writableVerdict({ journal, socket }: Places): Promise<CheckVerdict> {
	const user = userName();
	const needed = [await existing(journal), ...(socket.startsWith("\\\\") ? [] : [dirname(socket)])];
	const wrong: Remark<RedCode>[] = [];
	for (const folder of new Set(needed)) {
		const code = await access(folder, constants.W_OK | constants.X_OK).then(() => "", codeOf);
		if (code === "ENOENT") wrong.push(remark("folder-missing", { folder }));
		else if (code !== "") wrong.push(remark("folder-closed", { folder, user, detail: code }));
	}
	if (wrong.length > 0) return { state: "red", remarks: wrong };
	return green("user", { user, groups: (process.getgroups?.() ?? []).join(", ") || "-" });
}

/** The folder, or the nearest one above it that there is: there it would be made. */
async function existing(folder: string): Promise<string> {
	const isThere = await stat(folder).then(
		() => true,
		() => false,
	);
	const above = dirname(folder);
	return isThere || above === folder ? folder : existing(above);
}

function userName(): string {
	try {
		return userInfo().username;
	} catch {
		// A user that no list of users has, as in a container.
		return String(process.getuid?.() ?? "?");
	}
}

/** Rights of the group and of others: nobody but kassad's user has a look into the journal. */
const ofOthers = 0o077;

/** Whether the journal is closed to other users. Windows has no such modes. */
export async function modesVerdict(folder: string): Promise<CheckVerdict> {
	if (process.platform === "win32") return green("modes");
	const names = await readdir(folder).catch(() => []);
	const wrong: Remark<RedCode>[] = [];
	for (const path of [folder, ...names.map((name) => join(folder, name))]) {
		const mode = await stat(path).then(
			(found) => found.mode & 0o777,
			() => 0,
		);
		if ((mode & ofOthers) !== 0) wrong.push(remark("modes-open", { path, mode: mode.toString(8) }));
	}
	return wrong.length > 0 ? { state: "red", remarks: wrong } : green("modes");
}

const megabyte = 1_048_576;

/** Whether the disk of the journal has that many bytes left for a user without privileges. */
export async function roomVerdict(folder: string, leastFreeBytes: number): Promise<CheckVerdict> {
	const place = await existing(folder);
	const { bavail, bsize } = await statfs(place);
	const megabytes = (bytes: number) => Math.floor(bytes / megabyte);
	const facts = { free: megabytes(bavail * bsize), least: megabytes(leastFreeBytes), folder: place };
	return bavail * bsize < leastFreeBytes ? red("disk-full", facts) : green("disk-free", facts);
}

function codeOf(error: unknown): string {
	return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
