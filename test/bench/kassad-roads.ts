import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import type { PayCall } from "../../src/model/operation.ts";

/** The roads through a program, each ms. Each resolves when what it began has ended. */
export type Roads = Readonly<Record<Road, (run: number) => Promise<number>>>;

/** From the scanner's bytes to the line that tells the scan; the others from key press to wire. */
export type Road = "scan" | "pay" | "cancel" | "refund" | "providers";

const now = () => process.hrtime.bigint();
export const msBetween = (from: bigint, to: bigint) => Number(to - from) / 1e6;

export const card = { prefix: "77", number: "1234567890123" } as const;

/** A session of its own for every run of a road: kassad and the server take each only once. */
export const sessionOf = (road: Road, run: number) =>
	letters[road] + run.toString(36).toUpperCase().padStart(5, "0");

const letters: Readonly<Record<Road, string>> = {
	scan: "S",
	pay: "P",
	cancel: "C",
	refund: "R",
	providers: "W",
};

/** A payment has been taken in and tidied away after so many ms: the disk is quiet again. */
export const takenIn = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

/** The POS program's end is as bare as that of the bare programs: a socket and its lines. */
export async function kassadRoads({ folder, scanner, payApi, brandKey }: Stage): Promise<Roads> {
	const { say, line } = await posProgram(join(folder, "kassad.sock"));
	const subscribed = line('"id":"events"');
	say("events", "events.subscribe", {});
	await subscribed;
	const scan = async (road: Road, run: number) => {
		const scanned = line('"type":"scan"');
		const shownAt = now();
		await scanner.showCard({ ...card, session: sessionOf(road, run), key: brandKey });
		const event = JSON.parse(await scanned);
		return { ms: msBetween(shownAt, now()), scanId: event.params.body.scanId as string };
	};
	/** A key press, and the ms until its request's first byte is at the server. A refusal is an error at once. */
	const press = async (call: PayCall, method: string, params: object) => {
		const answered = line(`"id":"${method}"`).then((answer) => {
			if (answer.includes('"error"')) throw new Error(`${method} was refused: ${answer}`);
			return answer;
		});
		const arrival = payApi.arrival(call);
		const pressedAt = now();
		say(method, method, params);
		const arrived = arrival.then(({ firstByteAt }) => msBetween(pressedAt, firstByteAt));
		const [ms, answer] = await Promise.all([arrived, answered]);
		return { ms, answer };
	};
	/** The same for an operation, which ends in the state that is expected of it. */
	const operate = async (call: PayCall, state: string, method: string, params: object) => {
		const ended = line('"type":"operation"');
		const { ms } = await press(call, method, params);
		const event = await ended;
		if (!event.includes(`"state":"${state}"`)) throw new Error(`${method} is not ${state}: ${event}`);
		return ms;
	};
	const wishOf = async (road: Road, run: number) => {
		const { scanId } = await scan(road, run);
		return { key: `${road}-${run}`, scanId, ...purchaseOf(road, run), paymentTypes };
	};
	return {
		scan: async (run) => (await scan("scan", run)).ms,
		pay: async (run) => operate("checkout", "settled", "pay.start", await wishOf("pay", run)),
		cancel: async (run) => {
			payApi.next({ pending: true });
			const { answer } = await press("checkout", "pay.start", await wishOf("cancel", run));
			await takenIn();
			const { operationId } = JSON.parse(answer).result;
			return operate("cancel", "refused", "pay.cancel", { operationId });
		},
		refund: async (run) => {
			const wish = await wishOf("refund", run);
			await operate("checkout", "settled", "pay.start", wish);
			await takenIn();
			const refund = { key: `${wish.key} back`, orderId: wish.orderId };
			return operate("refund", "settled", "refund.start", refund);
		},
		providers: async (run) => {
			const { scanId } = await scan("providers", run);
			const { ms } = await press("providers", "pay.providers", { scanId, ...purchaseOf("providers", run) });
			return ms;
		},
	};
}

async function posProgram(path: string) {
	const socket = connect(path);
	await once(socket, "connect");
	const awaited = new Map<string, (line: string) => void>();
	createInterface({ input: socket }).on("line", (line) => {
		for (const [mark, resolve] of awaited) if (line.includes(mark) && awaited.delete(mark)) resolve(line);
	});
	return {
		say: (id: string, method: string, params: object) =>
			socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`),
		/** The next line that holds this mark. */
		line: (mark: string) => new Promise<string>((resolve) => awaited.set(mark, resolve)),
	};
}

export const paymentTypes = ["SBP"];

/** The same two positions for kassad and for the bare program. */
export function purchaseOf(road: Road, run: number) {
	const item = { name: "Кофе в зёрнах, 1 кг", article: "4600123456789", quantity: 1, tax: "vat120" };
	return {
		orderId: `${road}-${run}`,
		totalAmount: 123_456,
		items: [
			{ ...item, price: 98_456, totalAmount: 98_456 },
			{ ...item, article: "4600123456796", price: 25_000, totalAmount: 25_000 },
		],
	};
}
