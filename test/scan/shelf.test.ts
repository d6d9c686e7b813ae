import { expect, test } from "vitest";
import type { Clock } from "../../src/model/clock.ts";
import type { PayableScan, Scan } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import { scanShelf } from "../../src/scan/shelf.ts";

const time = { at: 0 };
const clock: Clock = { now: () => time.at, sleep: () => Promise.resolve() };

const facts = (id: string) => ({ id, scanner: "front", symbology: "qr", at: time.at }) as const;
const payable = (id: string, verdict: PayableScan["verdict"] = { good: true, stepsOff: 0 }): Scan => ({
	...facts(id),
	kind: "payable",
	brand: "example",
	cardNumber: new Secret("1234567890123"),
	cardSession: new Secret("A1G97N"),
	password: new Secret("967"),
	verdict,
});

test("a good card can be paid with", () => {
	const shelf = scanShelf(1_000, clock);
	shelf.put(payable("a"));
	expect(shelf.payable("a").id).toBe("a");
});

test("a card that has been spent is refused as used", () => {
	const shelf = scanShelf(1_000, clock);
	shelf.put(payable("a"));
	shelf.spend("a");
	expect(() => shelf.payable("a")).toThrow("scan-used");
});

test("a card whose password is wrong is refused with that fault", () => {
	const shelf = scanShelf(1_000, clock);
	shelf.put(payable("a", { good: false, fault: "password-wrong" }));
	expect(() => shelf.payable("a")).toThrow("password-wrong");
});

test("an old card and a foreign code cannot pay", () => {
	const shelf = scanShelf(1_000, clock);
	shelf.put({ ...facts("old"), kind: "loyalty", brand: "example", cardNumber: new Secret("1") });
	shelf.put({ ...facts("ean"), kind: "foreign", bytes: Uint8Array.of(52) });
	expect(() => shelf.payable("old")).toThrow("card-cannot-pay");
	expect(() => shelf.payable("ean")).toThrow("card-cannot-pay");
});

test("a scan is gone after its lifetime, and one that never was is gone too", () => {
	const shelf = scanShelf(1_000, clock);
	shelf.put(payable("a"));
	time.at += 1_000;
	expect(shelf.look("a").id).toBe("a");
	time.at += 1;
	expect(() => shelf.look("a")).toThrow("scan-gone");
	expect(() => shelf.look("never")).toThrow("scan-gone");
});

test("the oldest scan makes room when the shelf is full", () => {
	const shelf = scanShelf(1_000, clock, 2);
	for (const id of ["a", "b", "c"]) shelf.put(payable(id));
	expect(() => shelf.look("a")).toThrow("scan-gone");
	expect([shelf.look("b").id, shelf.look("c").id]).toEqual(["b", "c"]);
});

test("a scan is found as long as it lives, and nothing is thrown when it does not", () => {
	const shelf = scanShelf(1_000, clock);
	shelf.put(payable("a"));
	expect(shelf.find("a")?.id).toBe("a");
	time.at += 1_001;
	expect(shelf.find("a")).toBeUndefined();
	expect(shelf.find("never")).toBeUndefined();
});
