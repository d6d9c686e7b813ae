import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { atTheDoor } from "./lease-kit.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

test("a scan is offered to the one that has taken scans longest, and to nobody else", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	leases.accept(comes("a"));
	leases.accept(comes("b"));
	scan("1");
	scan("2");
	expect(offers).toEqual(["1 to a, offer 1", "2 to a, offer 1"]);
});

test("not acknowledged in time it is offered once more, to another one, and then no more", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	for (const name of ["a", "b", "c"]) leases.accept(comes(name));
	scan("1");
	vi.advanceTimersByTime(2_999);
	expect(offers).toHaveLength(1);
	vi.advanceTimersByTime(60_000);
	expect(offers).toEqual(["1 to a, offer 1", "1 to b, offer 2"]);
	expect(vi.getTimerCount()).toBe(0);
});

test("the only taker is offered it twice, and no third time after it has come back", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	leases.accept(comes("a"));
	scan("1");
	vi.advanceTimersByTime(10_000);
	leases.accept(comes("a again"));
	expect(offers).toEqual(["1 to a, offer 1", "1 to a, offer 2"]);
});

test("acknowledged in time it is offered no more, and is refused to the others", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	const [a, b] = [comes("a"), comes("b")];
	leases.accept(a);
	leases.accept(b);
	scan("1");
	expect(() => leases.acknowledge("1", b)).toThrow("scan-leased-elsewhere");
	leases.acknowledge("1", a);
	leases.acknowledge("1", a);
	expect(vi.getTimerCount()).toBe(0);
	vi.advanceTimersByTime(10_000);
	a.leave();
	expect(offers).toEqual(["1 to a, offer 1"]);
	expect(() => leases.acknowledge("1", b)).toThrow("scan-leased-elsewhere");
});

test("who is too late is told so: the scan has another holder", () => {
	const { leases, comes, scan } = atTheDoor();
	const [a, b] = [comes("a"), comes("b")];
	leases.accept(a);
	leases.accept(b);
	scan("1");
	vi.advanceTimersByTime(3_000);
	expect(() => leases.acknowledge("1", a)).toThrow("scan-leased-elsewhere");
	leases.acknowledge("1", b);
});

test("after the last offer it is the first one's that acknowledges it", () => {
	const { leases, comes, scan } = atTheDoor();
	const [a, b] = [comes("a"), comes("b")];
	leases.accept(a);
	leases.accept(b);
	scan("1");
	vi.advanceTimersByTime(6_000);
	leases.acknowledge("1", a);
	expect(() => leases.acknowledge("1", b)).toThrow("scan-leased-elsewhere");
});

test("a holder that is gone passes it on at once", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	const [a, b] = [comes("a"), comes("b")];
	leases.accept(a);
	leases.accept(b);
	scan("1");
	a.leave();
	expect(offers).toEqual(["1 to a, offer 1", "1 to b, offer 2"]);
	b.leave();
	expect(offers).toHaveLength(2);
	expect(vi.getTimerCount()).toBe(0);
});

test("while nobody takes scans they wait, in their order, as long as they live", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	scan("old");
	vi.advanceTimersByTime(60_000);
	for (const id of ["1", "2"]) scan(id);
	vi.advanceTimersByTime(60_001);
	leases.accept(comes("a"));
	expect(offers).toEqual(["1 to a, offer 1", "2 to a, offer 1"]);
});

test("a second offer is made within the scan's lifetime only", () => {
	const { leases, comes, scan, offers } = atTheDoor({ leaseMs: 120_001 });
	leases.accept(comes("a"));
	scan("1");
	vi.advanceTimersByTime(240_002);
	expect(offers).toEqual(["1 to a, offer 1"]);
});

test("who takes its content without holding it changes nothing for the holder", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	const [a, b] = [comes("a"), comes("b")];
	leases.accept(a);
	scan("1");
	leases.taken("1", b);
	vi.advanceTimersByTime(3_000);
	expect(offers).toEqual(["1 to a, offer 1", "1 to a, offer 2"]);
	leases.taken("1", a);
	expect(vi.getTimerCount()).toBe(0);
});

test("what somebody took or paid with while nobody held it is not offered later", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	for (const id of ["taken", "paid", "left"]) scan(id);
	leases.taken("taken", comes("by the way"));
	leases.used("paid");
	const a = comes("a");
	leases.accept(a);
	expect(offers).toEqual(["left to a, offer 1"]);
	expect(() => leases.acknowledge("taken", a)).toThrow("scan-leased-elsewhere");
	expect(() => leases.acknowledge("paid", a)).toThrow("scan-leased-elsewhere");
});

test("a scan that is used is offered no more, whoever holds it", () => {
	const { leases, comes, scan } = atTheDoor();
	leases.accept(comes("a"));
	scan("1");
	leases.used("1");
	leases.used("never");
	expect(vi.getTimerCount()).toBe(0);
});

test("a scan that is gone is refused", () => {
	const { leases, comes, scan } = atTheDoor();
	const a = comes("a");
	leases.accept(a);
	scan("1");
	leases.acknowledge("1", a);
	vi.advanceTimersByTime(120_001);
	expect(() => leases.acknowledge("1", a)).toThrow("scan-gone");
	expect(() => leases.acknowledge("never", a)).toThrow("scan-gone");
});

test("who has gone already, or comes twice, is no second taker", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	const [gone, a, b] = [comes("gone"), comes("a"), comes("b")];
	gone.leave();
	leases.accept(gone);
	leases.accept(a);
	leases.accept(b);
	leases.accept(a);
	a.leave();
	scan("1");
	expect(offers).toEqual(["1 to b, offer 1"]);
});

test("of a thousand scans that nobody acknowledges as many are remembered as lie on the shelf", () => {
	const { leases, comes, scan, offers } = atTheDoor({ most: 3 });
	leases.accept(comes("a"));
	for (let count = 0; count < 1_000; count += 1) scan(`${count}`);
	expect(vi.getTimerCount()).toBe(3);
	vi.advanceTimersByTime(10_000);
	expect(offers.slice(1_000)).toEqual(["997 to a, offer 2", "998 to a, offer 2", "999 to a, offer 2"]);
});

test("closed, it offers nothing and leaves no timer", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	const a = comes("a");
	leases.accept(a);
	scan("1");
	leases.close();
	expect(vi.getTimerCount()).toBe(0);
	a.leave();
	leases.accept(comes("b"));
	expect(offers).toHaveLength(1);
});

/** What may happen, each about one of three takers or scans. */
const happening = fc.record({
	what: fc.constantFrom("scan", "accept", "leave", "acknowledge", "take", "use", "wait"),
	who: fc.nat(2),
	which: fc.nat(2),
});

test("whatever happens, a scan is offered twice at most, never when one has it, and acknowledged by one alone", () => {
	fc.assert(
		fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
			const { leases, comes, scan, offers } = atTheDoor();
			const guests = ["a", "b", "c"].map(comes);
			const owners = new Map<string, string>();
			const settledAt = new Map<string, number>();
			const offersOf = (id: string) => offers.filter((offer) => offer.startsWith(`${id} `));
			for (const [at, { what, who, which }] of happenings.entries()) {
				const [guest, id] = [guests[who], `${which}`];
				if (guest === undefined) continue;
				if (what === "scan" && !settledAt.has(id) && offersOf(id).length === 0) scan(id);
				if (what === "accept") leases.accept(guest);
				if (what === "leave") {
					guest.leave();
					guests[who] = comes(`${guest.name}${at}`);
				}
				if (what === "take") leases.taken(id, guest);
				if (what === "wait") vi.advanceTimersByTime(2_000);
				if (what === "use") leases.used(id);
				if (what === "acknowledge" && isAcknowledged(() => leases.acknowledge(id, guest))) {
					expect(owners.get(id) ?? guest.name).toBe(guest.name);
					owners.set(id, guest.name);
				}
				if (owners.has(id) && !settledAt.has(id)) settledAt.set(id, offersOf(id).length);
			}
			vi.advanceTimersByTime(10_000);
			for (const id of ["0", "1", "2"]) {
				expect(offersOf(id).length).toBeLessThanOrEqual(settledAt.get(id) ?? 2);
				expect(offersOf(id).length).toBeLessThanOrEqual(2);
			}
			expect(vi.getTimerCount()).toBe(0);
		}),
	);
});

function isAcknowledged(ask: () => void): boolean {
	try {
		ask();
		return true;
	} catch {
		return false;
	}
}
