import type { Scan } from "../model/scan.ts";
import type { Client } from "../pos/client.ts";
import type { Methods } from "../pos/methods.ts";
import { scanContent, scanView } from "../pos/views.ts";
import type { Rooms } from "../rooms.ts";
import type { Leases } from "../scan/lease.ts";
import type { Shelf } from "../scan/shelf.ts";

type Desks = Pick<Methods, "scan.take" | "scan.acknowledge" | "scans.accept">;

/** Where POS programs get scans. Who never asks to be offered any sees them in events and takes them by their ids. */
export function scanDesks(shelf: Shelf, leases: Leases<Client>, leaseMs: number): Desks {
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
		"scans.accept": async (_, client) => {
			// What waits is offered after the answer, not before it.
			setImmediate(() => leases.accept(client));
			return { leaseMs };
		},
	};
}

/** Tells one client that a scan is its own: all that the event tells, and which offer it is. */
export function scanOffer({ explain }: Pick<Rooms, "explain">, leaseMs: number) {
	return (client: Client, scan: Scan, offer: number) => {
		const at = new Date(scan.at).toISOString();
		client.notify("scan.offer", { ...scanView(scan, explain), at, offer, leaseMs });
	};
}
