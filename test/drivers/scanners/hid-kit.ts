import { expect, test } from "vitest";
import type { ScannerDriver } from "../../../src/model/device.ts";

/** What holds for every HID scanner that tells its codes in reports of its own. */
export function hidFacts(driver: ScannerDriver): void {
	test("the facts cannot be changed by whoever uses them, however deep", () => {
		expect(notFrozen(driver)).toEqual([]);
	});

	test("its marks are those of scanners, never of keyboards", () => {
		for (const { vendorId, usagePage } of driver.marks) {
			expect(vendorId).toMatch(/^[0-9a-f]{4}$/);
			expect([0x8c, 0xff45]).toContain(usagePage);
		}
	});

	test("what is sent to it are whole reports of at most 64 bytes, an id in front", () => {
		const sent = [...driver.greeting.map(({ bytes }) => bytes), ...Object.values(driver.deeds)];
		for (const bytes of sent) {
			expect(bytes.length).toBeGreaterThan(1);
			expect(bytes.length).toBeLessThanOrEqual(64);
			expect(bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)).toBe(true);
		}
	});
}

function notFrozen(value: unknown, path = "driver"): string[] {
	if (typeof value !== "object" || value === null) return [];
	const inside = Object.entries(value).flatMap(([key, part]) => notFrozen(part, `${path}.${key}`));
	return Object.isFrozen(value) ? inside : [path, ...inside];
}
