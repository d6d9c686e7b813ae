import { join } from "node:path";
import { expect, test } from "vitest";
import { targetOf } from "../../src/cli/journal-backup-make.ts";
import { temporaryFolder } from "../journal/kit.ts";

const now = Date.parse("2026-11-29T01:02:03.456Z");

test("in a folder that is there a copy gets a folder of its own, named by the time", () => {
	const folder = temporaryFolder();
	const own = join(folder, "journal-2026-11-29T01-02-03Z");
	expect(targetOf(folder, true, now)).toEqual({ folder: own, withKey: true });
});

test("a new name is a folder, and one that ends in .db a file", () => {
	const place = join(temporaryFolder(), "copy");
	expect(targetOf(place, false, now)).toEqual({ folder: place, withKey: false });
	expect(targetOf(`${place}.db`, false, now)).toEqual({ file: `${place}.db` });
});
