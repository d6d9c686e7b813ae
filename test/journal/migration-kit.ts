import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { temporaryFolder } from "./kit.ts";
import { leaveVersion1 } from "./version-1.ts";
import { leaveVersion2 } from "./version-2.ts";
import { leaveVersion3 } from "./version-3.ts";
import { leaveVersion4 } from "./version-4.ts";
import { leaveVersion5 } from "./version-5.ts";

/** @param harm SQL that is done to it afterwards. */
function folderLeftBy(leave: (folder: string) => void, harm: string): string {
	const folder = temporaryFolder();
	leave(folder);
	inDatabase(folder, (database) => database.exec(harm));
	return folder;
}

export const folderOfVersion1 = (harm = "") => folderLeftBy(leaveVersion1, harm);
export const folderOfVersion2 = (harm = "") => folderLeftBy(leaveVersion2, harm);
export const folderOfVersion3 = (harm = "") => folderLeftBy(leaveVersion3, harm);
export const folderOfVersion4 = (harm = "") => folderLeftBy(leaveVersion4, harm);
export const folderOfVersion5 = (harm = "") => folderLeftBy(leaveVersion5, harm);

/** What somebody does to a closed journal by hand. */
export function inDatabase<T>(folder: string, work: (database: DatabaseSync) => T): T {
	const database = new DatabaseSync(join(folder, "journal.db"), { enableForeignKeyConstraints: false });
	try {
		return work(database);
	} finally {
		database.close();
	}
}

/** All that makes the tables, table by table. */
export const tablesOf = (folder: string) =>
	inDatabase(folder, (database) =>
		database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").all(),
	);
