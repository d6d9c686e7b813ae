import { randomUUID } from "node:crypto";
import { Pauses } from "../../src/counter/pauses.ts";
import { tillOf } from "../../src/counter/tills.ts";
import { openCounter } from "../../src/counter.ts";
import type { ScannerDeed } from "../../src/model/device.ts";
import { kopecks } from "../../src/model/money.ts";
import type { Item, OpenOperation, Purchase } from "../../src/model/operation.ts";
import type { Scan } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import type { StoreSettings } from "../../src/model/settings/store.ts";
import { Paper } from "../../src/paper.ts";
import { noPostbacks } from "../../src/pay/posted.ts";
import type { Client } from "../../src/pos/client.ts";
import type { Methods } from "../../src/pos/methods.ts";
import type { Rooms } from "../../src/rooms.ts";
import { Leases } from "../../src/scan/lease.ts";
import { openQuiet } from "../../src/scan/quiet.ts";
import { scanShelf } from "../../src/scan/shelf.ts";
import { intentOf } from "../journal/intents.ts";
import { handClock, opened, temporaryFolder } from "../journal/kit.ts";
import { documents, printersOf, scriptedPrinter } from "../paper-kit.ts";
import { shopSettings } from "../pay/settings.ts";

type Call = Rooms["client"]["call"];

const leaseMs = 3_000;

const nothing = () => undefined;

/** As on the wall, but nothing is ever waited for. */
const timeless = () => Object.assign(handClock(), { sleep: () => new Promise<void>(nothing) });

/**
 * A counter with a real journal. No operation is driven: `left` has what would have left for the server, in order.
 * @param server answers the questions for ways to pay.
 * @param canBeTold what comes of telling a scanner something.
 * @param printers print everything at once, unless a test wants it otherwise.
 */
export function standAtCounter({
	folder = temporaryFolder(),
	server = silence(),
	canBeTold = true as boolean | Error,
	printers = [scriptedPrinter()],
	terminals = [] as StoreSettings["terminals"],
} = {}) {
	const logged: string[] = [];
	const write = (_: object, words: string) => void logged.push(words);
	const told: string[] = [];
	const clock = timeless();
	const journal = opened(folder, clock);
	const enums = { ...shopSettings.enums, taxes: ["vat20"], measures: ["PIECE", "GRAM"] };
	const calls = { ...shopSettings.calls, providers: { attempts: 1 } };
	const rooms = {
		settings: {
			brands: [{ name: "example" }],
			scanners: [{ name: "front" }, { name: "back" }],
			payApi: { ...shopSettings, enums, calls },
			store: { storeId: "store 1", terminalId: "till 1", terminals },
			prints: { mostAgeMinutes: 60 },
			printers: printers.map(({ printer: { name } }) => ({ name, substitute: null })),
		},
		printers: printersOf(...printers.map(({ printer }) => printer)),
		documents,
		journal,
		clock,
		explain: (about: string) => ({ title: about, text: "" }),
		newId: randomUUID,
		client: { call: server },
		posted: noPostbacks,
		verifier: { token: async () => new Secret("token 1") },
		log: { trace: write, debug: write, info: write, warn: write, error: write },
		random: () => 0,
		tellScanner: async (scanner: string, deed: ScannerDeed) => {
			told.push(`${scanner}: ${deed}`);
			if (canBeTold instanceof Error) throw canBeTold;
			return canBeTold;
		},
	};
	const shelf = scanShelf(60_000, clock);
	const left: OpenOperation[] = [];
	const cancels: string[] = [];
	const offered: object[] = [];
	const offer = (client: Client, { id }: Scan, offer: number) => void offered.push({ client, id, offer });
	const leases = new Leases<Client>({ leaseMs, shelf, offer });
	const { store } = rooms.settings;
	const quiet = openQuiet((scanner) => journal.isPaying(tillOf(scanner, store)));
	const pauses = new Pauses(rooms as unknown as Rooms, quiet);
	const scans = { shelf, leases, leaseMs, pauses };
	const failures: unknown[] = [];
	const paper = new Paper(rooms as unknown as Rooms, (error) => failures.push(error));
	paper.open();
	const methods = openCounter(rooms as unknown as Rooms, scans, {
		drive: (operation) => void left.push(operation),
		cancel: (operationId, by) => void cancels.push(`${operationId} by ${by}`),
		paper,
		stop: new AbortController().signal,
	});
	const scan = (id: string, scanner = "front") => {
		shelf.put({
			...{ kind: "payable", id, scanner, symbology: "qr", at: clock.now(), brand: "example" },
			...{ cardNumber: new Secret("7700"), cardSession: new Secret(id), password: new Secret("1") },
			verdict: { good: true, stepsOff: 0 },
		});
		leases.put(id, tillOf(scanner, store));
	};
	/** The key press; the wish's body is told by its key. */
	const start = (key: string, scanId: string, order: string, change: object = {}) => {
		const wish = { key, scanId, ...purchaseOf(order), ...change };
		return methods["pay.start"](wish, `body of ${key}`);
	};
	const told$ = { told, logged, failures };
	return {
		journal,
		clock,
		left,
		cancels,
		scan,
		start,
		methods,
		offered,
		quiet,
		pauses,
		printers,
		paper,
		...told$,
	};
}

type Counter = ReturnType<typeof standAtCounter>;

/** What the shop sells: three pots of tea for 859 roubles, and 250 g of cheese for 300. */
const items: Item[] = [
	{ ...itemOf("Чай", 85_900), quantity: 3 },
	{ ...itemOf("Сыр", 30_000), quantity: 250, measure: "GRAM" },
];

function itemOf(name: string, total: number): Item {
	const amount = kopecks(total);
	return { name, article: name, price: amount, quantity: 1, totalAmount: amount, tax: "vat20" };
}

/** What is sold on order `name`. */
export function saleOf(name: string): Purchase & { items: Item[] } {
	return { orderId: `order ${name}`, totalAmount: kopecks(115_900), items: [...items] };
}

function purchaseOf(order: string): Purchase & { items: Item[] } {
	const { purchase } = intentOf(order).operation.wish;
	return { ...purchase, items: [...purchase.items] };
}

/** A sale that is paid, and how its payment can be named. */
export async function paidSale({ journal, scan, start }: Counter, name: string, outcome?: object) {
	scan(`scan ${name}`);
	const { operationId } = await start(`key ${name}`, `scan ${name}`, name, saleOf(name));
	const transactionId = `transaction ${name}`;
	const settled = { kind: "settled", transactionId } as const;
	journal.finish(operationId, { ...settled, ...outcome }, { eventBody: {} });
	return { operationId, transactionId, orderId: `order ${name}` };
}

type RefundStart = Parameters<Methods["refund.start"]>[0];

/** The key press of a refund; the wish's body is told by its key. */
export function giveBack(
	{ methods }: Counter,
	key: string,
	payment: RefundStart["payment"],
	more: object = {},
) {
	return methods["refund.start"]({ key, payment, ...more }, `body of ${key}`);
}

/** A server that never answers, and one that answers each question with the same reply. */
function silence(): Call {
	return replies({ kind: "unanswered", fault: "server-silent", detail: "no whole answer" });
}

export function replies(reply: Awaited<ReturnType<Call>>): Call {
	return async () => reply;
}
