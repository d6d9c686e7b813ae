import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";

/** The two roads through a program, each ms. */
export type Roads = {
	/** From the scanner's bytes to the line that tells the scan. */
	scan(run: number): Promise<number>;
	/** From the key press to the request's first byte at the server; resolves when the payment has ended. */
	pay(run: number): Promise<number>;
};

const now = () => process.hrtime.bigint();
export const msBetween = (from: bigint, to: bigint) => Number(to - from) / 1e6;

export const card = { prefix: "77", number: "1234567890123" } as const;

/** A session of its own for every run: kassad and the server take each only once. */
export const sessionOf = (run: number) => run.toString(36).toUpperCase().padStart(6, "0");

/** The POS program's end is as bare as that of the bare programs: a socket and its lines. */
export async function kassadRoads({ folder, scanner, payApi, brandKey }: Stage): Promise<Roads> {
	const socket = connect(join(folder, "kassad.sock"));
	await once(socket, "connect");
	const say = (id: string, method: string, params: object) =>
		socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
	const awaited = new Map<string, (line: string) => void>();
	createInterface({ input: socket }).on("line", (line) => {
		for (const [mark, resolve] of awaited) if (line.includes(mark) && awaited.delete(mark)) resolve(line);
	});
	/** The next line that holds this mark. */
	const line = (mark: string) => new Promise<string>((resolve) => awaited.set(mark, resolve));
	const subscribed = line('"id":"events"');
	say("events", "events.subscribe", {});
	await subscribed;
	const scan = async (session: string) => {
		const scanned = line('"type":"scan"');
		const shownAt = now();
		await scanner.showCard({ ...card, session, key: brandKey });
		const event = JSON.parse(await scanned);
		return { ms: msBetween(shownAt, now()), scanId: event.params.body.scanId };
	};
	return {
		scan: async (run) => (await scan(`S${sessionOf(run).slice(1)}`)).ms,
		pay: async (run) => {
			const { scanId } = await scan(`P${sessionOf(run).slice(1)}`);
			const ended = line('"type":"operation"');
			const arrival = payApi.arrival("checkout");
			const pressedAt = now();
			say("pay", "pay.start", { key: `bench-${run}`, scanId, ...purchaseOf(run) });
			const ms = msBetween(pressedAt, (await arrival).firstByteAt);
			if (!(await ended).includes('"state":"settled"')) throw new Error("the payment was not settled");
			return ms;
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
