import { mkdtempSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastValueFrom, Subject, toArray } from "rxjs";
import { beforeEach, expect, test } from "vitest";
import { fileGone$ } from "../../src/ports/plugged-file.ts";

let path: string;
let looks$: Subject<void>;

beforeEach(() => {
	path = join(mkdtempSync(join(tmpdir(), "plugged-")), "ttyACM0");
	writeFileSync(path, "");
	looks$ = new Subject();
});

/** How often it is told that the file is gone, over so many looks. */
async function told(change: () => void, looks = 3) {
	const news = lastValueFrom(fileGone$(path, statSync(path), looks$).pipe(toArray()));
	change();
	for (let look = 0; look < looks; look += 1) looks$.next();
	looks$.complete();
	return (await news).length;
}

test("a device file that is gone is told of once", async () => {
	expect(await told(() => rmSync(path))).toBe(1);
});

test("a device file that another device has taken over is told of", async () => {
	const other = () => {
		writeFileSync(`${path}.other`, "");
		renameSync(`${path}.other`, path);
	};
	expect(await told(other)).toBe(1);
});

test("a device file that is there, whatever is written to it, is not told of", async () => {
	expect(await told(() => writeFileSync(path, "card"))).toBe(0);
});

test("nothing is told between looks", async () => {
	expect(await told(() => rmSync(path), 0)).toBe(0);
});

test("a look that fails is no change", async () => {
	const loop = () => {
		rmSync(path);
		symlinkSync(path, path);
	};
	expect(await told(loop)).toBe(0);
});
