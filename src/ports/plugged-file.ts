import { stat } from "node:fs/promises";
import { concatMap, filter, type Observable, take } from "rxjs";
import { codeOf } from "./gone.ts";

/** Which device file one is, as `stat` and `fstat` tell. */
export type FileIdentity = { readonly dev: number; readonly ino: number; readonly rdev: number };

/**
 * Emits once and completes when `path` is no longer the device file that it was. That is looked up whenever `looks$`
 * emits; a look that fails counts as no change.
 * @param path no link: one that is given to another device does not unplug the first.
 */
export function fileGone$(path: string, was: FileIdentity, looks$: Observable<unknown>): Observable<unknown> {
	return looks$.pipe(
		concatMap(() => isStill(path, was)),
		filter((is) => !is),
		take(1),
	);
}

async function isStill(path: string, was: FileIdentity): Promise<boolean> {
	try {
		const { dev, ino, rdev } = await stat(path);
		return dev === was.dev && ino === was.ino && rdev === was.rdev;
	} catch (error) {
		return codeOf(error) !== "ENOENT";
	}
}
