import type { Stage } from "../../hardware-mocks/demo/stage.ts";

/** One whole payment through kassad: how long the scan took to its event, and the key press to the wire, ms. */
export type KassadRoads = { scanAndPay(run: number): Promise<{ scanMs: number; wireMs: number }> };

const now = () => process.hrtime.bigint();
export const msBetween = (from: bigint, to: bigint) => Number(to - from) / 1e6;

export const card = { prefix: "77", number: "1234567890123" } as const;

/** A session of its own for every run: kassad and the server take each only once. */
export const sessionOf = (run: number) => run.toString(36).toUpperCase().padStart(6, "0");

export async function kassadRoads({ pos, scanner, payApi, brandKey }: Stage): Promise<KassadRoads> {
	await pos.call("events.subscribe", { since: 0 });
	return {
		scanAndPay: async (run) => {
			const scanned = pos.nextEvent(({ type }) => type === "scan");
			const shownAt = now();
			await scanner.showCard({ ...card, session: sessionOf(run), key: brandKey });
			const scan = await scanned;
			const scanMs = msBetween(shownAt, now());
			const ended = pos.nextEvent(({ type, body }) => type === "operation" && body.state !== "in-progress");
			const arrival = payApi.arrival("checkout");
			const pressedAt = now();
			await pos.call("pay.start", { key: `bench-${run}`, scanId: scan.body.scanId, ...purchaseOf(run) });
			const wireMs = msBetween(pressedAt, (await arrival).firstByteAt);
			await ended;
			return { scanMs, wireMs };
		},
	};
}

/** The same two positions for kassad and for the bare program. */
export function purchaseOf(run: number) {
	const item = { name: "Кофе в зёрнах, 1 кг", article: "4600123456789", quantity: 1, tax: "vat120" };
	return {
		orderId: `order-${run}`,
		totalAmount: 123_456,
		items: [
			{ ...item, price: 98_456, totalAmount: 98_456 },
			{ ...item, price: 25_000, totalAmount: 25_000 },
		],
		paymentTypes: ["SBP"],
	};
}
