import { expect, test } from "vitest";
import { chaosOf } from "../../hardware-mocks/pay-api/chaos.ts";
import { scriptShape } from "../../hardware-mocks/pay-api/script.ts";
import { startPayApi } from "../../hardware-mocks/pay-api.ts";
import { login, openTill, password } from "./pay-api-till.ts";

const calls = 400;

function day(seed: number) {
	const chaos = chaosOf(seed);
	return Array.from({ length: calls }, () => ({ story: chaos.story(), trouble: chaos.trouble("status") }));
}

test("a bad day is the same for the same number, and another one for another", () => {
	expect(day(7)).toEqual(day(7));
	expect(day(7)).not.toEqual(day(8));
});

test("most calls go well, nothing happens for ever, and every kind of trouble happens", () => {
	const troubles = day(1).flatMap(({ trouble }) => trouble ?? []);
	expect(troubles.length).toBeLessThan(calls / 2);
	expect(troubles.filter(({ silent, times }) => silent && times === undefined)).toEqual([]);
	const kinds = new Set(troubles.flatMap((trouble) => Object.keys(trouble)));
	expect([...kinds]).toEqual(expect.arrayContaining(["late", "closeAfterProcessing", "html", "status"]));
	for (const { story } of day(1)) expect(scriptShape.safeParse(story).success).toBe(true);
});

test("each call runs into what was drawn for it, and its record says so", async () => {
	const api = await startPayApi({ login, password, chaos: 7 });
	const till = openTill(api, 16);
	for (let count = 0; count < 16; count += 1) {
		const arrived = api.arrival("checkout");
		till.checkout().catch(() => "a trouble");
		await arrived;
	}
	await till.close();
	await api.close();
	const troubles = api.requests.map(({ trouble }) => trouble);
	expect(troubles).toContain(undefined);
	expect(troubles.filter((trouble) => trouble !== undefined).length).toBeGreaterThan(2);
	expect(api.complaints).toEqual([]);
});
