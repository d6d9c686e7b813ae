import type { Journal } from "../journal/journal.ts";
import { FaultError } from "../model/fault.ts";
import type { PayableScan } from "../model/scan.ts";
import type { Shelf } from "../scan/shelf.ts";

/**
 * The card to pay with; one that an earlier run may have paid with is used up too.
 * @throws {FaultError} `scan-used`, or as `Shelf.payable` does.
 */
export function payableCard(scanId: string, shelf: Shelf, journal: Journal): PayableScan {
	const card = shelf.payable(scanId);
	if (journal.usedSession(card.cardNumber, card.cardSession)) throw new FaultError("scan-used");
	return card;
}
