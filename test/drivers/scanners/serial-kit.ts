import { from } from "rxjs";
import type { ScannerDriver } from "../../../src/model/device.ts";
import { cutFrames } from "../../../src/scan/framing.ts";
import { identify } from "../../../src/scan/identify.ts";

/** What a driver's settings make of these bytes: symbology and content of each read, or why there is none. */
export function readsOf({ framing, aim, codeIds }: ScannerDriver, sent: string, code = aim): string[] {
	if (framing.by !== "marks" && framing.by !== "silence") return [`${framing.by} is no framing of a line`];
	const told: string[] = [];
	from([Buffer.from(sent, "latin1")])
		.pipe(cutFrames(framing, 4_096))
		.subscribe((cut) => {
			if (cut.kind === "discarded") told.push(cut.why);
			else {
				const { symbology, content } = identify(cut, { aim: code, codeIds });
				told.push(`${symbology}: ${Buffer.from(content).toString("latin1")}`);
			}
		});
	return told;
}

/** Whether these facts and all facts in them are frozen. */
export function isFrozen(facts: unknown): boolean {
	if (typeof facts !== "object" || facts === null) return true;
	return Object.isFrozen(facts) && Object.values(facts).every(isFrozen);
}
