import { Subject } from "rxjs";
import type { Gone, Port } from "../../src/model/device.ts";
import { FaultError } from "../../src/model/fault.ts";
import { ready } from "./scripted-printer.ts";

/** A printer in memory whose channel dies at its n-th write, before or after taking it; `taken` gets what it took. */
export function dyingPort(dies: number, takes: boolean, taken: Uint8Array[]): Port {
	const bytes$ = new Subject<Uint8Array>();
	const { promise: gone, resolve } = Promise.withResolvers<Gone>();
	let writes = 0;
	return {
		bytes$,
		gone,
		close: async () => undefined,
		write: async (bytes) => {
			writes += 1;
			if (writes < dies || takes) taken.push(bytes);
			if (writes >= dies) {
				bytes$.complete();
				resolve({ reason: "failed", detail: "the cable was cut" });
				if (!takes) throw new FaultError("printer-unreachable", "the cable was cut");
			} else if (bytes[0] === 0x10) bytes$.next(Uint8Array.from(ready));
			else bytes$.next(echoIn(bytes));
		},
	};
}

/** The answer to GS ( H, if it is asked. */
function echoIn(bytes: Uint8Array): Uint8Array {
	const at = Buffer.from(bytes).lastIndexOf(Buffer.of(0x1d, 0x28, 0x48));
	return at < 0 ? new Uint8Array() : Uint8Array.of(0x37, 0x22, ...bytes.subarray(at + 7), 0);
}
