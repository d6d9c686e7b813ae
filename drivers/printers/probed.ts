import type { PrinterConditions, PrinterIdentity } from "../../src/model/printer.ts";

/**
 * A driver for a printer that nobody named. `claims`: it says that it is this model, which clones do, too. `answers`:
 * nobody knows what it is, and it answers questions. `silent`: it says nothing, which is no proof of a one-way line.
 */
export type Suggestion = { readonly driver: string; readonly because: "claims" | "answers" | "silent" };

/** Makers and models as they call themselves in GS I 66 and 67; the first that fits. */
const claims: readonly (readonly [says: RegExp, driver: string])[] = [
	[/TM-T20(II|III|X)\b/, "epson-tm-t20iii"],
	[/TM-M30/, "epson-tm-m30iii"],
	[/TM-T88(VI|VII)\b/, "epson-tm-t88vi"],
	[/TM-T88/, "epson-tm-t88v"],
	[/SRP-35/, "bixolon-srp-350iii"],
	[/CITIZEN|CT-[SE]/, "citizen-ct-s310ii"],
	[/XPRINTER|\bXP-/, "xprinter"],
	[/RONGTA|\bRP[0-9]/, "rongta-rp326"],
	[/POS-?58|POS-?5890/, "pos-5890"],
	[/Q583P/, "q583p"],
	[/STAR/, "star-escpos"],
	[/SUNMI/, "sunmi"],
];

/**
 * Which driver suits a printer by what it says of itself (GS I) and whether it answers DLE EOT; undefined is no
 * answer. A strip of code pages and a look at the paper's width have to follow: neither is ever told.
 */
export function probed(
	identity: PrinterIdentity | undefined,
	conditions: PrinterConditions | undefined,
): Suggestion {
	const name = `${identity?.maker ?? ""} ${identity?.model ?? ""}`.toUpperCase();
	const claimed = claims.find(([says]) => says.test(name));
	if (claimed !== undefined) return { driver: claimed[1], because: "claims" };
	if (conditions !== undefined) return { driver: "generic-80mm", because: "answers" };
	// What answers GS I has a way back, but cannot be asked how it is.
	return { driver: "generic-80mm-one-way", because: identity === undefined ? "silent" : "answers" };
}
