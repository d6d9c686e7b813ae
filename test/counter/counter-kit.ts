import { randomUUID } from "node:crypto";
import { openCounter } from "../../src/counter.ts";
import { Secret } from "../../src/model/secret.ts";
import type { Rooms } from "../../src/rooms.ts";
import { scanShelf } from "../../src/scan/shelf.ts";
import { intentOf } from "../journal/intents.ts";
import { handClock, opened } from "../journal/kit.ts";
import { shopSettings } from "../pay/settings.ts";

/** A counter with a real journal and no server behind it: `paid` has what would have left. */
export function standAtCounter() {
	const clock = handClock();
	const journal = opened(undefined, clock);
	const enums = { ...shopSettings.enums, taxes: ["vat20"] };
	const rooms = {
		settings: { payApi: { ...shopSettings, enums } },
		journal,
		clock,
		explain: (about: string) => ({ title: about, text: "" }),
		newId: randomUUID,
	};
	const shelf = scanShelf(60_000, clock);
	const paid: string[] = [];
	const drive = ({ id }: { id: string }) => void paid.push(id);
	const orders = { drive, cancel: () => undefined, stop: new AbortController().signal };
	const methods = openCounter(rooms as unknown as Rooms, shelf, orders);
	const scan = (id: string) =>
		shelf.put({
			...{ kind: "payable", id, scanner: "front", symbology: "qr", at: clock.now(), brand: "example" },
			...{ cardNumber: new Secret("7700"), cardSession: new Secret(id), password: new Secret("1") },
			verdict: { good: true, stepsOff: 0 },
		});
	/** The key press; the wish's body is told by its key. */
	const start = (key: string, scanId: string, order: string, change: object = {}) => {
		const { purchase } = intentOf(order).operation.wish;
		return methods["pay.start"](
			{ key, scanId, ...purchase, items: [...purchase.items], ...change },
			`body of ${key}`,
		);
	};
	return { journal, paid, scan, start, methods };
}
