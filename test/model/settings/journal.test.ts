import { expect, test } from "vitest";
import { journalSettings } from "../../../src/model/settings/journal.ts";

const complaints = (eraseAfterDays: unknown, keepDays = 90) =>
	journalSettings
		.safeParse({ folder: "/var/lib/kassad", keepDays, eraseAfterDays })
		.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

test("what is finished is kept for ever, or for a year at least", () => {
	for (const days of [null, 365, 36_500]) expect(complaints(days)).toEqual([]);
	for (const days of [0, 364, 36_501, 400.5, "400", undefined]) {
		expect(new Set(complaints(days))).toEqual(
			new Set(["eraseAfterDays: expected null, or a whole number of days from 365 to 36500"]),
		);
	}
});

test("an operation is not erased while its key is promised to find it", () => {
	expect(complaints(400, 400)).toEqual([]);
	expect(complaints(400, 401)).toEqual([expect.stringContaining("not less than keepDays")]);
	expect(complaints(null, 3_650)).toEqual([]);
});
