import { expect, test } from "vitest";
import { scanOffer } from "../../src/counter/scans.ts";
import { Secret } from "../../src/model/secret.ts";
import type { Client } from "../../src/pos/client.ts";
import { saleOf, standAtCounter } from "./counter-kit.ts";

function comes() {
	const gone = new AbortController();
	const client: Client = { notify: () => undefined, gone: gone.signal };
	return { client, leave: () => gone.abort() };
}

const turn = () => new Promise(setImmediate);

test("who accepts scans is offered those that wait, after the answer", async () => {
	const { methods, scan, offered } = standAtCounter();
	const { client } = comes();
	scan("1");
	expect(await methods["scans.accept"]({}, client)).toEqual({ leaseMs: 3_000 });
	expect(offered).toEqual([]);
	await turn();
	scan("2");
	expect(offered).toEqual([
		{ client, id: "1", offer: 1 },
		{ client, id: "2", offer: 1 },
	]);
});

/** A counter where `first` has been offered the scan, and `second` would be next. */
async function leased() {
	const counter = standAtCounter();
	const [first, second] = [comes(), comes()];
	for (const { client } of [first, second]) await counter.methods["scans.accept"]({}, client);
	await turn();
	counter.scan("1");
	const isPassedOn = () => {
		first.leave();
		return counter.offered.length > 1;
	};
	return { ...counter, first: first.client, second: second.client, isPassedOn };
}

test("a scan that nobody deals with is passed on when its holder is gone", async () => {
	const { isPassedOn } = await leased();
	expect(isPassedOn()).toBe(true);
});

test("acknowledging it keeps it, and is refused to others", async () => {
	const { methods, first, second, isPassedOn } = await leased();
	const late = methods["scan.acknowledge"]({ scanId: "1" }, second);
	await expect(late).rejects.toThrow("scan-leased-elsewhere");
	expect(await methods["scan.acknowledge"]({ scanId: "1" }, first)).toEqual({ scanId: "1" });
	expect(isPassedOn()).toBe(false);
});

test("taking its content acknowledges it for its holder, and gives it to others as ever", async () => {
	const holders = await leased();
	expect(await holders.methods["scan.take"]({ scanId: "1" }, holders.first)).toMatchObject({
		kind: "payable",
		cardNumber: "7700",
	});
	expect(holders.isPassedOn()).toBe(false);
	const others = await leased();
	expect(await others.methods["scan.take"]({ scanId: "1" }, others.second)).toMatchObject({ scanId: "1" });
	expect(others.isPassedOn()).toBe(true);
});

test("paying with it, or asking how it can be paid, ends its offers, whoever does", async () => {
	const paid = await leased();
	await paid.start("key 1", "1", "a");
	expect(paid.left).toHaveLength(1);
	expect(paid.isPassedOn()).toBe(false);
	const asked = await leased();
	const ways = asked.methods["pay.providers"]({ scanId: "1", ...saleOf("a") });
	await expect(ways).rejects.toThrow("providers-unknown");
	expect(asked.isPassedOn()).toBe(false);
});

test("an offer tells what the event tells, masked, and which offer it is", () => {
	const notified: unknown[] = [];
	const client = { ...comes().client, notify: (...told: unknown[]) => void notified.push(told) };
	const offer = scanOffer({ explain: (about) => ({ title: about, text: "" }) }, 3_000);
	const facts = {
		id: "1",
		scanner: "front",
		symbology: "qr",
		at: Date.parse("2026-11-24T12:00:00Z"),
	} as const;
	offer(client, { ...facts, kind: "loyalty", brand: "example", cardNumber: new Secret("1234567890123") }, 2);
	const body = {
		...{ scanId: "1", kind: "loyalty", scanner: "front", symbology: "qr", brand: "example" },
		...{ card: "12*******0123", canPay: false, at: "2026-11-24T12:00:00.000Z", offer: 2, leaseMs: 3_000 },
	};
	expect(notified).toEqual([["scan.offer", body]]);
});
