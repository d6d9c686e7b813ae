import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import type { PayCall } from "../../src/model/operation.ts";
import {
	card,
	msBetween,
	paymentTypes,
	purchaseOf,
	type Road,
	type Roads,
	sessionOf,
	takenIn,
} from "./kassad-roads.ts";

const now = () => process.hrtime.bigint();

const token = "Zm9v123";

/** Starts both bare programs, each as a process of its own like kassad. */
export async function bareRoads(stage: Stage): Promise<Roads & { close(): Promise<void> }> {
	const { folder, payApi, brandKey } = stage;
	const scanner = plugScanner(join(folder, "bare-scanner"));
	const authorization = `Basic ${Buffer.from(stage.credentials).toString("base64")}`;
	const database = join(folder, "bare.db");
	const pay = await program(
		"bare-pay.ts",
		join(folder, "bare-pay.sock"),
		[database, payApi.url, join(folder, "ca.pem")],
		{ BARE_AUTHORIZATION: authorization },
	);
	const scan = await program("bare-scan.ts", join(folder, "bare-scan.sock"), [scanner.link]);
	/** One line to the program, and the ms until its request's first byte is at the server. */
	const press = async (
		call: PayCall,
		path: string,
		wish: { readonly token?: string; readonly body: object },
	) => {
		const line = `${JSON.stringify({ path, ...wish })}\n`;
		const arrival = payApi.arrival(call);
		const answered = pay.nextLine();
		const pressedAt = now();
		pay.write(line);
		const ms = msBetween(pressedAt, (await arrival).firstByteAt);
		return { ms, answer: JSON.parse(await answered) };
	};
	const checkout = (road: Road, run: number) =>
		press("checkout", "checkout", { token, body: checkoutBody(road, run) });
	return {
		scan: async (run) => {
			const shownAt = now();
			const heard = scan.nextLine();
			await scanner.showCard({ ...card, session: sessionOf("scan", run), key: brandKey });
			JSON.parse(await heard);
			return msBetween(shownAt, now());
		},
		pay: async (run) => (await checkout("pay", run)).ms,
		cancel: async (run) => {
			payApi.next({ pending: true });
			const { answer } = await checkout("cancel", run);
			await takenIn();
			const { transactionId } = answer;
			const body = { requestId: randomUUID(), transactionId, ...store };
			return (await press("cancel", "transaction/cancel", { body })).ms;
		},
		refund: async (run) => {
			const { transactionId } = (await checkout("refund", run)).answer;
			await takenIn();
			const { totalAmount: refundAmount, items } = purchaseOf("refund", run);
			const body = { requestId: randomUUID(), transactionId, ...store, refundAmount, items };
			return (await press("refund", "transaction/refund", { token, body })).ms;
		},
		providers: async (run) => {
			const { cardSession: cardsession, paymentMethods: _, ...rest } = checkoutBody("providers", run);
			const body = { ...rest, cardsession };
			return (await press("providers", "availability-info/task", { token, body })).ms;
		},
		close: async () => {
			await Promise.all([pay.stop(), scan.stop(), scanner.close()]);
		},
	};
}

const store = { storeId: "00000000-0000-4000-8000-000000000001", terminalId: "till-1" };

function checkoutBody(road: Road, run: number) {
	return {
		requestId: randomUUID(),
		// No session of kassad's: the server takes each only once.
		cardSession: `B${sessionOf(road, run)}`,
		...store,
		checkoutInvoice: purchaseOf(road, run),
		user: { loyaltyId: card.number },
		paymentMethods: paymentTypes.map((type) => ({ type })),
	};
}

async function program(
	file: string,
	socketPath: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = {},
) {
	const child = spawn(process.execPath, [join(import.meta.dirname, file), socketPath, ...args], {
		env: { ...process.env, ...env },
		stdio: ["ignore", "pipe", "inherit"],
	});
	await once(child.stdout, "data");
	const socket = connect(socketPath);
	await once(socket, "connect");
	const lines = createInterface({ input: socket });
	return {
		write: (line: string) => socket.write(line),
		nextLine: async (): Promise<string> => (await once(lines, "line"))[0],
		stop: async () => {
			socket.destroy();
			child.kill();
			await once(child, "exit");
		},
	};
}
