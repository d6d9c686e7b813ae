import { hash, randomBytes } from "node:crypto";
import { defer, filter, type MonoTypeOperatorFunction } from "rxjs";
import type { FaultCode } from "../model/fault.ts";
import type { Cut, Read } from "../model/read.ts";

/** What came of a scanner's bytes, when, and why it is kept out if it is. */
type Arrival = {
	readonly cut: Cut;
	/** Wall-clock ms of the last byte. */
	readonly receivedAt: number;
	readonly keptOut: FaultCode | undefined;
};

/**
 * Drops reads of the code that the same scanner has read less than `bounceMs` before: a code in front of a scanner is
 * read again and again, and is one scan however long it lies there, since each read begins the time anew. Another code
 * in between ends it. A code that was kept out and is not any more is no bounce, nor is one that was taken and now is
 * kept out: whoever shows it must hear about it. Stands before anybody judges a read, because a verifier takes a
 * password once and would call the second read a replay.
 *
 * One scanner per subscription. Of a code nothing is held but a digest under a key that is made for the subscription,
 * and only of the last one.
 * @param bounceMs 0 lets everything pass.
 * @param contentOf what makes two reads the same code; without it all of their bytes do.
 */
export function withoutBounces<T extends Arrival>(
	bounceMs: number,
	contentOf = ({ bytes }: Read) => bytes,
): MonoTypeOperatorFunction<T> {
	return (arrivals$) =>
		defer(() => {
			const key = randomBytes(32);
			let last = { digest: "", at: 0, keptOut: undefined as FaultCode | undefined };
			return arrivals$.pipe(
				filter(({ cut, receivedAt: at, keptOut }) => {
					if (cut.kind !== "frame") return true;
					// It is compared and never leaves: a key in front is enough, and HMAC objects are dear (src/model/hmac.ts).
					const digest = hash("sha256", Buffer.concat([key, contentOf(cut)]), "base64");
					const isSame = digest === last.digest && keptOut === last.keptOut;
					// A clock that was set back makes no bounce of what came hours later.
					const isSoon = at >= last.at && at - last.at < bounceMs;
					last = { digest, at, keptOut };
					return !(isSame && isSoon);
				}),
			);
		});
}
