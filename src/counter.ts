import type { FirstAnswer } from "./journal/records.ts";
import { FaultError } from "./model/fault.ts";
import type { OpenPayment, PaymentWish } from "./model/operation.ts";
import { masked } from "./model/secret.ts";
import { refuseUnlisted } from "./pay/listed.ts";
import type { Methods } from "./pos/methods.ts";
import { operationView, scanContent } from "./pos/views.ts";
import type { Rooms } from "./rooms.ts";
import type { Shelf } from "./scan/shelf.ts";

type PayStart = Parameters<Methods["pay.start"]>[0];

/** What the counter hands on to the till. */
type Orders = {
	/** A payment that stands in the journal. Its request leaves before this returns. */
	pay(payment: OpenPayment): void;
	cancel(operationId: string): void;
};

/** Where POS programs ask: each wish is checked, joined with its scan and written down before anything is done. */
export class Counter {
	readonly #rooms: Rooms;
	readonly #shelf: Shelf;
	readonly #orders: Orders;

	constructor(rooms: Rooms, shelf: Shelf, orders: Orders) {
		this.#rooms = rooms;
		this.#shelf = shelf;
		this.#orders = orders;
	}

	readonly methods: Methods = {
		hello: async () => ({
			name: "kassad",
			version: this.#rooms.version,
			protocol: 1,
			language: this.#rooms.settings.language,
			seq: this.#rooms.journal.events.lastSeq(),
		}),
		"scan.take": async ({ scanId }) => scanContent(this.#shelf.look(scanId)),
		"pay.start": async (wish, bodyHash) => this.#start(wish, bodyHash),
		"pay.cancel": async ({ operationId }) => this.#cancel(operationId),
		"pay.providers": async () => unknownYet("pay.providers"),
		"refund.start": async () => unknownYet("refund.start"),
		"receipt.send": async () => unknownYet("receipt.send"),
		"operation.get": async (by) =>
			operationView(this.#record("operationId" in by ? { id: by.operationId } : by), this.#rooms.explain),
	};

	/** The key press: everything up to the request's departure happens in this one turn. */
	#start({ key, scanId, paymentTypes, ...purchase }: PayStart, bodyHash: string) {
		const { journal, settings, clock, newId } = this.#rooms;
		const first = journal.answerFor(key);
		if (first !== undefined) return sameAnswer(first, bodyHash);
		const { orderId } = purchase;
		if (journal.unresolvedOrder(orderId) !== undefined) throw new FaultError("order-unresolved");
		const paidBy = journal.paidOrder(orderId);
		if (paidBy !== undefined) throw new FaultError("order-already-paid", `operation ${paidBy} paid it`);
		const card = this.#shelf.payable(scanId);
		const { enums } = settings.payApi;
		const { brand, cardNumber, cardSession } = card;
		const types = paymentTypes ?? enums.paymentTypes;
		const wish: PaymentWish = { brand, cardNumber, cardSession, purchase, paymentTypes: types };
		refuseUnlisted(wish, enums);
		const begun = journal.begin({
			key,
			bodyHash,
			operation: {
				kind: "payment",
				id: newId(),
				requestId: newId(),
				cancelRequestId: newId(),
				wish,
				startedAt: clock.now(),
			},
			scan: {
				scanner: card.scanner,
				cardMasked: masked(card.cardNumber),
				timings: { scannedAt: card.at },
			},
		});
		if (begun.kind === "known") return sameAnswer(begun.first, bodyHash);
		this.#shelf.spend(scanId);
		this.#orders.pay(begun.operation);
		return { operationId: begun.operation.id, state: "in-progress" as const };
	}

	#cancel(operationId: string) {
		const { finishedAt, state } = this.#record({ id: operationId });
		if (finishedAt !== undefined) throw new FaultError("too-late-to-cancel", `it is ${state}`);
		this.#orders.cancel(operationId);
		return { operationId, state };
	}

	#record(by: Parameters<Rooms["journal"]["find"]>[0]) {
		const record = this.#rooms.journal.find(by);
		if (record === undefined) throw new FaultError("operation-not-found");
		return record;
	}
}

function unknownYet(method: string): never {
	throw new FaultError("method-unknown", method);
}

/** The same wish gets its first answer, whatever has become of it since. */
function sameAnswer({ bodyHash, answer }: FirstAnswer, asked: string): FirstAnswer["answer"] {
	if (bodyHash === asked) return answer;
	throw new FaultError("key-conflict", `the key belongs to operation ${answer.operationId}, another wish`);
}
