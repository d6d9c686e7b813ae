import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import { card, msBetween, purchaseOf, type Roads, sessionOf } from "./kassad-roads.ts";

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
	return {
		scan: async (run) => {
			const shownAt = now();
			const heard = scan.nextLine();
			await scanner.showCard({ ...card, session: sessionOf(run), key: brandKey });
			JSON.parse(await heard);
			return msBetween(shownAt, now());
		},
		pay: async (run) => {
			const line = `${JSON.stringify({ token: "Zm9v123", body: checkoutBody(run) })}\n`;
			const arrival = payApi.arrival("checkout");
			const answered = pay.nextLine();
			const pressedAt = now();
			pay.write(line);
			const wireMs = msBetween(pressedAt, (await arrival).firstByteAt);
			await answered;
			return wireMs;
		},
		close: async () => {
			await Promise.all([pay.stop(), scan.stop(), scanner.close()]);
		},
	};
}

function checkoutBody(run: number) {
	const { paymentTypes, ...checkoutInvoice } = purchaseOf(run);
	return {
		requestId: randomUUID(),
		cardSession: `B${sessionOf(run).slice(1)}`,
		storeId: "00000000-0000-4000-8000-000000000001",
		terminalId: "till-1",
		checkoutInvoice,
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
