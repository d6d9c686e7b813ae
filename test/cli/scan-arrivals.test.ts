import { Subject } from "rxjs";
import { expect, test } from "vitest";
import { arrivals } from "../../src/cli/scan-arrivals.ts";

/** Pieces at these moments. */
function heardAt(...moments: number[]) {
	let now = 0;
	const watch = arrivals({ now: () => now });
	const bytes$ = new Subject<Uint8Array>();
	bytes$.pipe(watch.heard).subscribe();
	for (const moment of moments) {
		now = moment;
		bytes$.next(new Uint8Array(1));
	}
	return watch;
}

test("a read began with the first of its pieces, and the next one with its own", () => {
	const watch = heardAt(100, 120, 150, 400, 410);
	expect(watch.firstOf(150)).toBe(100);
	expect(watch.firstOf(410)).toBe(400);
});

test("what came more than a second before belongs to another read", () => {
	expect(heardAt(100, 5_000, 5_010).firstOf(5_010)).toBe(5_000);
});

test("a read of which nothing is known began when it ended", () => {
	expect(heardAt().firstOf(77)).toBe(77);
});
