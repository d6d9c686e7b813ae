import { z } from "zod";
import { code, listedWord, money, sale, words } from "./shapes.ts";

/** A number of the fiscal device, or the address of a site. */
const fiscalMark = code(64).exactOptional();

/** cm_pay_api 1.2.1, object `invoice`: the fiscal receipt, by its wire names. */
export const invoice = z
	.strictObject({
		...sale,
		receiptId: code(36),
		merchantName: words(999),
		merchantAddress: words(999),
		inn: z.string().regex(/^\d{12}$/, "expected 12 digits: before the ten of a company stands 00"),
		dateTime: z.iso.datetime({
			offset: true,
			error: "expected a time with its offset, such as 2026-11-24T12:00:00+03:00",
		}),
		shift: code(32),
		cashier: words(256),
		taxation: listedWord.exactOptional(),
		kktRegNumber: fiscalMark,
		fnNumber: fiscalMark,
		fdNumber: fiscalMark,
		fpd: fiscalMark,
		website: fiscalMark,
		receiptType: listedWord,
		taxAmount: money.exactOptional(),
		/** The text of the fiscal QR code. */
		qr: code(999).exactOptional(),
	})
	.meta({ id: "Invoice", description: "The fiscal receipt, by the Pay API's own names." });
