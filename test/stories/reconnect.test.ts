import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDaemon } from "../../hardware-mocks/demo/daemon.ts";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { connectPos } from "../../src/client/pos-client.ts";
import type { PosEvent } from "../../src/model/event.ts";
import { ending, newCustomer, openShop, payOnce, printEvent, settingsFile, show, wishOf } from "./shop.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openShop();
}, 60_000);
afterAll(() => stage.strike());

test("killed again and again, kassad is come back to, and no event of a payment is missed or told twice", async () => {
	const pos = await connectPos(join(stage.folder, "kassad.sock"), { reconnect: true });
	const heard: PosEvent[] = [];
	pos.events$.subscribe((event) => heard.push(event));
	const { seq } = await pos.call("events.subscribe", {});
	await stage.pos.close();
	Object.assign(stage, { pos });
	for (let kill = 0; kill < 3; kill += 1) {
		await payOnce(stage);
		const customer = newCustomer();
		const wish = wishOf(customer, await show(stage, customer));
		const arrival = stage.payApi.arrival("checkout");
		const begun = pos.call("pay.start", wish).catch(() => undefined);
		await arrival;
		await stage.daemon.kill();
		await begun;
		await begin();
		// Said again with the same key, it is the same wish.
		const { operationId } = await pos.call("pay.start", wish);
		await ending(pos, operationId);
		await printEvent(pos, operationId);
	}
	const again = await connectPos(join(stage.folder, "kassad.sock"));
	const told: PosEvent[] = [];
	again.events$.subscribe((event) => told.push(event));
	await again.call("events.subscribe", { since: seq });
	await again.call("hello", { client: "a story" });
	const lasting = (events: readonly PosEvent[]) =>
		events.filter(
			({ type, body }) => type === "operation" || (type === "print" && body.state !== "printing"),
		);
	expect(lasting(heard)).toEqual(lasting(told));
	const numbers = heard.map((event) => event.seq);
	expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
	expect(lasting(heard)).toHaveLength(3 * 4);
	await again.close();
});

/** The daemon alone: the client comes by itself. */
async function begin(): Promise<void> {
	const [, password = ""] = stage.credentials.split(":");
	const env = { KASSAD_PAY_PASSWORD: password, KASSAD_BRAND_KEY: stage.brandKey };
	stage.daemon = await startDaemon(settingsFile(stage), env);
}
