import { z } from "zod";
import { count, fields, flag, milliseconds, word } from "./shapes.ts";
import { troubleShape } from "./trouble.ts";

/** How the customer and the bank decide. One of these; `accept: 1` when none is there. */
const fate = z.strictObject({
	/** They decide so many ms after the checkout, and not at a poll: `accepted`, or rejected when `reject` is there too. */
	afterMs: milliseconds,
	/** The status poll of this number is the first to be answered `accepted`; 0: the checkout itself is. */
	accept: count,
	/** The first status poll is answered `rejected` with this `errorCode`; with `accept: 0` the checkout itself is. */
	reject: word,
	/** The checkout is answered HTTP 422 with this `code`. */
	refuse: word,
	/** The customer never decides. */
	pending: flag,
	/** The customer never decides until a cancel arrives, just too late: accepted. */
	acceptOnCancel: flag,
	/** A cancel is answered 200 with `refStatus` rejected, or with `new` and carried out by the next status poll. */
	cancel: z.enum(["rejected", "slow"]).exactOptional(),
});

/** How the bank deals with a refund. Carried out at once when nothing is there. */
const refundFate = z.strictObject({
	/** Answered `refStatus` new; the status poll of this number is the first to say `accepted`. */
	refundPolls: count,
	/** Answered `refStatus` new; decided so many ms after it. */
	refundAfterMs: milliseconds,
	/** Answered `refStatus` new, and nobody decides. */
	refundPending: flag,
	/** The bank rejects it with this `errorCode`: at once, or when it decides. */
	refundError: word,
	/** The refund is answered HTTP 422 with this `code`. */
	refuseRefund: word,
});

/** Oddities of the answers that a till must live with. */
const oddity = z.strictObject({
	/** Status polls that already say `accepted` and have no slip yet. */
	slipLate: count,
	/** Fields put over those of the slip; also some that no document names. `undefined` takes a field away. */
	slip: fields,
	/** The first status poll says this word instead of `pending`. */
	oddStatus: word,
});

/** How the server posts what became of the transaction, where it posts at all. At once and one time when left out. */
const postback = z.strictObject({
	/** Ms between the change and its postback. */
	late: milliseconds,
	/** How often each change is posted; 0: never. */
	times: count,
	/** A forged one besides, at the beginning: `accepted`, with a wrong password. */
	forged: flag,
	/** One besides, at the beginning, about a transaction that nobody has made. */
	unknown: flag,
	/** The answer to the call that changed it waits until the postback was answered. */
	beforeAnswer: flag,
});

/** The story of one transaction. */
export const scriptShape = z.strictObject({
	...fate.shape,
	...refundFate.shape,
	...oddity.shape,
	...troubleShape.shape,
	postback: postback.exactOptional(),
});

export type Script = Readonly<z.infer<typeof scriptShape>>;
export type PostbackScript = Readonly<z.infer<typeof postback>>;
