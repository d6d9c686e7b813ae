import type { Writable } from "node:stream";
import type { Gone } from "../model/device.ts";
import type { FaultCode } from "../model/fault.ts";
import { goneBy, PortError } from "./gone.ts";

/** The sending half of a port. */
type Outlet = {
	/** Resolves when the operating system has taken every byte. @throws {FaultError} when it has not. */
	write(bytes: Uint8Array): Promise<void>;
	/** Refuses further writes, and calls `then` when those before are through. */
	shut(why: Gone, then: () => void): void;
	/** Rejects all writes, those under way and those to come. */
	end(why: Gone): void;
};

/** What may wait in front of one more write, in bytes: many receipts, and little memory. */
const mostWaitingBytes = 1_048_576;

/**
 * Writes to a stream and knows which writes are under way, because a stream that ends does not always tell.
 * A write that the end overtakes is rejected with `fault`, however many of its bytes have left. One that finds more
 * than a mebibyte waiting in front of it is rejected at once: the device has stopped taking bytes.
 */
export function openOutlet(stream: Writable, name: string, fault: FaultCode): Outlet {
	const underWay = new Set<(why: Gone) => void>();
	let refusal: Gone | undefined;

	const write = (bytes: Uint8Array) =>
		new Promise<void>((resolve, reject) => {
			const fail = ({ reason, detail }: Gone) => {
				underWay.delete(fail);
				const short = `${bytes.length} bytes were not all written to ${name}: ${detail}`;
				reject(new PortError(fault, { reason, detail: short }));
			};
			if (refusal !== undefined) {
				fail(refusal);
				return;
			}
			if (stream.writableLength > mostWaitingBytes) {
				fail({ reason: "failed", detail: `${stream.writableLength} bytes wait in front of them` });
				return;
			}
			underWay.add(fail);
			stream.write(bytes, (error) => {
				if (error != null) fail(goneBy(error));
				else if (underWay.delete(fail)) resolve();
			});
		});
	return {
		write,
		shut: (why, then) => {
			refusal = why;
			// Writes keep their order, so all that was written before is through when an empty one is.
			stream.write(new Uint8Array(), then);
		},
		end: (why) => {
			refusal = why;
			for (const fail of underWay) fail(why);
		},
	};
}
