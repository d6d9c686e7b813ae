import { Subject } from "rxjs";
import { beforeEach, expect, test, vi } from "vitest";
import { scannerDrivers } from "../../drivers/index.ts";
import type { Scan } from "../../src/model/scan.ts";
import { scans$ } from "../../src/scan/scans.ts";
import { tools } from "../scan/scans-kit.ts";
import { type CardSymbology, cardSymbologies, type Road, roads } from "./roads-kit.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

/** Everything that comes of what a scanner sends, with time to spare after each piece. */
async function read({ driver, framing, aim, codeIds, descriptor }: Road, pieces: readonly Uint8Array[]) {
	const bytes$ = new Subject<Uint8Array>();
	const port = {
		bytes$,
		write: async () => undefined,
		close: async () => undefined,
		gone: new Promise<never>(() => undefined),
		...(driver.channel === "hid" && { hid: { descriptor, feature: async () => undefined } }),
	};
	const { acknowledges } = driver;
	const scanner = { name: "front", framing, aim, codeIds, acknowledges, mostFrameBytes: 8_192 };
	const presences = new Subject<{ readonly state: "open"; readonly port: typeof port }>();
	const scans: Scan[] = [];
	const other: string[] = [];
	const subscription = scans$(scanner, presences, tools()).subscribe((news) => {
		if (news.type === "scan") scans.push(news.scan);
		else if (news.type === "discarded") other.push(news.why);
	});
	presences.next({ state: "open", port });
	for (const piece of pieces) bytes$.next(piece);
	await vi.advanceTimersByTimeAsync(10_000);
	subscription.unsubscribe();
	return { scans, other };
}

/** A card that can pay, as it is read whatever it is printed in. */
const card = "771234567890123A1G97N967";

function shown({ scans }: { readonly scans: readonly Scan[] }) {
	return scans.map((scan) => {
		if (scan.kind !== "payable") return scan;
		const { cardNumber, cardSession, password, symbology, verdict } = scan;
		const parts = [cardNumber, cardSession, password].map((secret) => secret.reveal());
		return { kind: scan.kind, parts, symbology, good: verdict.good };
	});
}

const parts = ["1234567890123", "A1G97N", "967"];
const payable = (symbology: CardSymbology | "unknown") => [{ kind: "payable", parts, symbology, good: true }];

test("every family of the driver table has a road", () => {
	const travelled = new Set(roads.map(({ driver }) => driver.id));
	expect([...travelled].toSorted()).toEqual(Object.keys(scannerDrivers).toSorted());
});

test.each(roads.map((road) => [road.name, road] as const))(
	"the same card in four symbologies is the same scan through %s",
	async (_, road) => {
		for (const symbology of cardSymbologies) {
			const heard = await read(road, road.sent(symbology, card));
			expect([symbology, heard.other, shown(heard)]).toEqual([
				symbology,
				[],
				payable(road.tells ? symbology : "unknown"),
			]);
		}
	},
);
