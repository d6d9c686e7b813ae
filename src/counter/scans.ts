import type { Scan } from "../model/scan.ts";
import type { Client } from "../pos/client.ts";
import type { Methods } from "../pos/methods.ts";
import { scanContent, scanView } from "../pos/views.ts";
import type { Rooms } from "../rooms.ts";
import type { Leases } from "../scan/lease.ts";
import type { Shelf } from "../scan/shelf.ts";
import { knownTill } from "./tills.ts";

type Desks = Pick<Methods, "scan.take" | "scan.acknowledge" | "scans.accept">;

/** Where POS programs get scans. Who never asks to be offered any sees them in events and takes them by their ids. */
export function scanDesks(
	{ settings }: Pick<Rooms, "settings">,
	{
		shelf,
		leases,
		leaseMs,
	}: { readonly shelf: Shelf; readonly leases: Leases<Client>; readonly leaseMs: number },
): Desks {
	return {
		"scan.take": async ({ scanId }, client) => {
			const content = scanContent(shelf.look(scanId));
			leases.taken(scanId, client);
			return content;
		},
		"scan.acknowledge": async ({ scanId }, client) => {
			leases.acknowledge(scanId, client);
			return { scanId };
		},
		"scans.accept": async ({ terminal }, client) => {
			const till = terminal === undefined ? undefined : knownTill(terminal, settings.store);
			// What waits is offered after the answer, not before it.
			setImmediate(() => leases.accept(client, till));
			return { leaseMs };
		},
	};
}

/**
 * Tells one client that a scan is its own: all that the event tells, and which offer it is.
 * @param toldTill whose scan it is, where that is told.
 */
export function scanOffer(
	{ explain }: Pick<Rooms, "explain">,
	leaseMs: number,
	toldTill: (scanner: string) => object = () => ({}),
) {
	return (client: Client, scan: Scan, offer: number) => {
		const at = new Date(scan.at).toISOString();
		const till = toldTill(scan.scanner);
		client.notify("scan.offer", { ...scanView(scan, explain), ...till, at, offer, leaseMs });
	};
}
