import { join } from "node:path";
import { firstValueFrom, take, toArray } from "rxjs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { connectPos, type PosClient } from "../../src/client/pos-client.ts";
import {
	type Change,
	ending,
	newCustomer,
	openShop,
	payWith,
	refusal,
	show,
	start,
	withSettings,
} from "./shop.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openShop({}, { scans: { bounceMs: 10_000, leaseMs: 60_000 } });
}, 60_000);
afterAll(() => stage.strike());

async function anotherProgram(): Promise<PosClient> {
	const client = await connectPos(join(stage.folder, "kassad.sock"));
	onTestFinished(() => client.close());
	return client;
}

/** A program that takes scans; the till has heard of it. */
async function acceptor(): Promise<PosClient> {
	const client = await anotherProgram();
	expect(await client.call("scans.accept")).toMatchObject({ leaseMs: expect.any(Number) });
	await client.call("hello", { client: "acceptor" });
	return client;
}

const nextOffer = ({ offers$ }: PosClient) => firstValueFrom(offers$);

test("a scan is one program's own: acknowledged, it is nobody else's, and it can be paid with", async () => {
	const [first, second] = [await acceptor(), await acceptor()];
	const customer = newCustomer();
	const offered = nextOffer(first);
	const scan = await show(stage, customer);
	const offer = await offered;
	expect(offer).toMatchObject({ ...scan.body, offer: 1, leaseMs: 60_000 });
	const scanId = `${offer.scanId}`;
	expect((await refusal(second.call("scan.acknowledge", { scanId }))).data.fault).toBe(
		"scan-leased-elsewhere",
	);
	expect(await first.call("scan.acknowledge", { scanId })).toEqual({ scanId });
	const late = nextOffer(second);
	await first.close();
	const next = await show(stage, newCustomer());
	expect((await late).scanId).toBe(next.body.scanId);
	await second.call("scan.acknowledge", { scanId: `${next.body.scanId}` });
	await payWith(stage, customer, scan);
});

test("a scan that is not acknowledged in time is offered once more, to another program", async () => {
	const brief: Change = (settings) => {
		settings.scans.leaseMs = 300;
	};
	await withSettings(stage, brief, async () => {
		const [first, second] = [await acceptor(), await acceptor()];
		const offers = [nextOffer(first), nextOffer(second)];
		const scanId = `${(await show(stage, newCustomer())).body.scanId}`;
		expect(await Promise.all(offers)).toMatchObject([
			{ scanId, offer: 1 },
			{ scanId, offer: 2 },
		]);
		expect(await first.call("scan.take", { scanId })).toMatchObject({ scanId, kind: "payable" });
	});
});

test("a program that dies with a scan in its hands leaves it to the next one that comes", async () => {
	const first = await acceptor();
	const taken = nextOffer(first);
	const customer = newCustomer();
	const scan = await show(stage, customer);
	await taken;
	await first.close();
	const heir = await anotherProgram();
	const offers = firstValueFrom(heir.offers$.pipe(take(1), toArray()));
	await heir.call("scans.accept");
	expect(await offers).toMatchObject([{ scanId: scan.body.scanId, offer: 2 }]);
	await payWith(stage, customer, scan);
});

test("a card that is shown while a payment runs is kept out with a message, and pays afterwards", async () => {
	stage.payApi.next({ pending: true });
	const [customer, next] = [newCustomer(), newCustomer()];
	const { operationId } = await start(stage.pos, customer, await show(stage, customer));
	const shown = await stage.scanner.showCard({ ...next.card, key: stage.brandKey });
	const { body } = await stage.pos.nextEvent(({ body }) => body.kind === "kept-out");
	expect(body).toEqual({
		kind: "kept-out",
		scanner: "front",
		canPay: false,
		fault: "scan-while-paying",
		cashier: { title: expect.stringContaining("Идёт оплата"), text: expect.stringContaining("ещё раз") },
	});
	await stage.pos.call("pay.cancel", { operationId });
	await ending(stage.pos, operationId);
	await stage.scanner.send(shown);
	const scan = await stage.pos.nextEvent(({ type, body }) => type === "scan" && body.card === next.masked);
	expect(scan.body).toMatchObject({ canPay: true });
	await payWith(stage, next, scan);
});

test("a code that bounces is one scan, and its password is not called a copy", async () => {
	const customer = newCustomer();
	const bytes = await stage.scanner.showCard({ ...customer.card, key: stage.brandKey });
	await stage.scanner.send(bytes);
	await stage.scanner.show("]E0", "4600000000017");
	const scan = await stage.pos.nextEvent(({ body }) => body.card === customer.masked);
	expect(scan.body).toMatchObject({ canPay: true });
	const next = await stage.pos.nextEvent(({ type, seq }) => type === "scan" && seq > scan.seq);
	expect(next.body).toMatchObject({ kind: "foreign", symbology: "ean13" });
	await payWith(stage, customer, scan);
});

test("a paused scanner's codes are kept out until the pause ends, or the program that wanted it is gone", async () => {
	const program = await anotherProgram();
	expect(await program.call("scanner.pause", { scanner: "front" })).toEqual({ paused: ["front"] });
	await stage.scanner.show("]E0", "4600000000024");
	const { body } = await stage.pos.nextEvent(({ body }) => body.kind === "kept-out");
	expect(body).toMatchObject({ scanner: "front", fault: "scanner-paused" });
	await program.close();
	await stage.pos.nextEvent(({ type, body }) => type === "device" && body.state === "resumed");
	await stage.scanner.show("]E0", "4600000000024");
	expect((await stage.pos.nextEvent(({ body }) => body.kind === "foreign")).body.scanner).toBe("front");
	const { data } = await refusal(stage.pos.call("scanner.pause", { scanner: "side" }));
	expect(data).toMatchObject({ fault: "scanner-unknown", moneyMoved: "no" });
});
