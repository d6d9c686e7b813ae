import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
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
	const press = async (method: "pay" | "cancel" | "refund" | "providers", wish: object) => {
		const line = `${JSON.stringify({ method, key: randomUUID(), ...wish })}\n`;
		const arrival = payApi.arrival(method === "pay" ? "checkout" : method);
		const answered = pay.nextLine();
		const pressedAt = now();
		pay.write(line);
		const ms = msBetween(pressedAt, (await arrival).firstByteAt);
		await answered;
		return ms;
	};
	/** The same of a payment that has been made just before. */
	const pressAfter = async (method: "cancel" | "refund", run: number) => {
		const wish = wishOf(method, run);
		await press("pay", { ...wish, paymentTypes });
		await takenIn();
		return press(method, { orderId: wish.purchase.orderId });
	};
	return {
		scan: async (run) => {
			const shownAt = now();
			const heard = scan.nextLine();
			await scanner.showCard({ ...card, session: sessionOf("scan", run), key: brandKey });
			JSON.parse(await heard);
			return msBetween(shownAt, now());
		},
		pay: (run) => press("pay", { ...wishOf("pay", run), paymentTypes }),
		cancel: (run) => {
			payApi.next({ pending: true });
			return pressAfter("cancel", run);
		},
		refund: (run) => pressAfter("refund", run),
		providers: (run) => press("providers", wishOf("providers", run)),
		close: async () => {
			await Promise.all([pay.stop(), scan.stop(), scanner.close()]);
		},
	};
}

/** A card of its own session: kassad has shown the other, and the server takes each only once. */
function wishOf(road: Road, run: number) {
	const purchase = purchaseOf(road, run);
	return { cardNumber: card.number, cardSession: `B${sessionOf(road, run)}`, purchase };
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
