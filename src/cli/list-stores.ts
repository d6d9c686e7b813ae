import { systemClock } from "../clock.ts";
import { loadStoreApi } from "../config.ts";
import { FaultError } from "../model/fault.ts";
import { openStoreApi } from "../stores/api.ts";
import { registeredStores } from "../stores/registered.ts";
import { registeredTable } from "./stores-report.ts";

/**
 * Shows the stores that the server knows.
 * @throws {FaultError} when it did not tell them.
 */
export async function listStores(config: string, json: boolean): Promise<void> {
	const answer = await openStoreApi(loadStoreApi(config, process.env), systemClock).list();
	if (answer.kind !== "accepted") throw new FaultError(answer.fault, answer.detail);
	const stores = registeredStores(answer.json);
	if (stores === undefined)
		throw new FaultError("server-answer-unreadable", "the answer is not a list of stores");
	if (json) process.stdout.write(`${JSON.stringify(stores)}\n`);
	else if (stores.length === 0) process.stdout.write("The server knows no stores of this brand.\n");
	else process.stdout.write(`${registeredTable(stores)}\n${stores.length} stores.\n`);
}
