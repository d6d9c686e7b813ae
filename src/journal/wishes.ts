import type { PaymentWish } from "../model/operation.ts";
import { Secret } from "../model/secret.ts";
import type { Seal } from "./seal.ts";

/** A wish as columns: the card's secrets are sealed, the rest is readable for reports. */
export type WishColumns = {
	readonly purchase: string;
	readonly brand: string;
	readonly paymentTypes: string;
	readonly sealed: Uint8Array;
};

/** The sealed part is bound to its operation, so that it cannot be passed off as another's. */
export function sealWish(wish: PaymentWish, seal: Seal, operationId: string): WishColumns {
	const card = JSON.stringify([wish.cardNumber.reveal(), wish.cardSession.reveal()]);
	return {
		purchase: JSON.stringify(wish.purchase),
		brand: wish.brand,
		paymentTypes: JSON.stringify(wish.paymentTypes),
		sealed: seal.close(new Secret(card), place(operationId)),
	};
}

/** @throws {FaultError} `journal-failed` when the sealed part cannot be opened. */
export function unsealWish(columns: WishColumns, seal: Seal, operationId: string): PaymentWish {
	const card = JSON.parse(seal.open(columns.sealed, place(operationId)).reveal()) as [string, string];
	return {
		purchase: JSON.parse(columns.purchase),
		brand: columns.brand,
		cardNumber: new Secret(card[0]),
		cardSession: new Secret(card[1]),
		paymentTypes: JSON.parse(columns.paymentTypes),
	};
}

const place = (operationId: string) => `the card of operation ${operationId}`;
