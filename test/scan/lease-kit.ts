import type { Scan } from "../../src/model/scan.ts";
import { Leases, type Taker } from "../../src/scan/lease.ts";
import { scanShelf } from "../../src/scan/shelf.ts";

function scanOf(id: string): Scan {
	return { id, scanner: "front", symbology: "qr", at: Date.now(), kind: "foreign", bytes: Buffer.from(id) };
}

type Guest = Taker & { readonly name: string; leave(): void };

/** Leases over a shelf whose scans live for two minutes; what is offered is told in words. */
export function atTheDoor({ leaseMs = 3_000, most = 64 } = {}) {
	const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
	const shelf = scanShelf(120_000, clock, most);
	const offers: string[] = [];
	const offer = (to: Guest, { id }: Scan, offer: number) =>
		void offers.push(`${id} to ${to.name}, offer ${offer}`);
	const leases = new Leases<Guest>({ leaseMs, shelf, offer }, most);
	return {
		leases,
		offers,
		scan: (id: string, till?: string) => {
			shelf.put(scanOf(id));
			leases.put(id, till);
		},
		comes: (name: string): Guest => {
			const gone = new AbortController();
			return { name, gone: gone.signal, leave: () => gone.abort("gone") };
		},
	};
}
