import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beginToPay, toTheEnd } from "./canary-day.ts";
import { escapedCanaries } from "./canary-search.ts";
import { type CanaryTill, openCanaryTill } from "./canary-till.ts";

let till: CanaryTill;

beforeAll(async () => {
	process.env.NODE_OPTIONS = `--import ${pathToFileURL(join(import.meta.dirname, "canary-bomb.ts"))}`;
	till = await openCanaryTill("trace");
	await till.listen();
}, 60_000);
afterAll(() => till.strike());

test.each(["SIGUSR2", "SIGHUP"] as const)(
	"an error that nobody catches (%s) ends the daemon with its name and place, and none of its secrets",
	async (signal) => {
		const { payApi } = till.stage;
		payApi.disturb({ on: "checkout", silent: true, times: 1 });
		const arrival = payApi.arrival("checkout");
		const operationId = await beginToPay(till);
		await arrival;
		const { daemon } = till.stage;
		const end = once(daemon.process, "close");
		daemon.process.kill(signal);
		expect((await end)[0]).toBe(1);
		const words = daemon.log.join("\n");
		expect(words).toMatch(/kassad: TypeError\n {4}at .*canary-bomb\.ts/);
		till.keepLog();
		expect(escapedCanaries(till.canaries(), till.writings())).toEqual([]);
		await till.stage.restart();
		await till.listen();
		expect(await toTheEnd(till, operationId)).toBe("settled");
	},
	60_000,
);
