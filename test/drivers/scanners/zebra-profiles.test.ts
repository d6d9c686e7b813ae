import { expect, test } from "vitest";
import { zebraIcl, zebraNixdorf, zebraOlivetti } from "../../../drivers/scanners/zebra-profiles.ts";
import { isFrozen, readsOf } from "./serial-kit.ts";

const profiles = [zebraIcl, zebraNixdorf, zebraOlivetti];

test("each profile has the line and the ends of the till that it imitates", () => {
	const lines = profiles.map(({ line }) => `${line.dataBits} ${line.parity} ${line.stopBits}`);
	expect(lines).toEqual(["8 even 1", "8 odd 1", "7 even 1"]);
	expect(readsOf(zebraIcl, "]C01\r]C02\r")).toEqual(["code128: 1", "code128: 2"]);
	expect(readsOf(zebraNixdorf, "]C01\r]C02\r")).toEqual(["code128: 1", "code128: 2"]);
	expect(readsOf(zebraOlivetti, "\x02]C01\x03\r\x02]C02\r\n\x03")).toEqual(["code128: 1", "code128: 2\r\n"]);
});

test("no device is taken for a profile before someone says so", () => {
	expect(profiles.flatMap(({ marks }) => marks)).toEqual([]);
	expect(new Set(profiles.map(({ id }) => id)).size).toBe(3);
});

test("the facts cannot be changed by whoever uses them", () => {
	for (const profile of profiles) expect(isFrozen(profile)).toBe(true);
});
