import type { PrinterIdentity } from "../model/printer.ts";
import type { Rooms } from "../rooms.ts";
import type { PosLine } from "../selftest/check.ts";
import type { Outside } from "../selftest/external.ts";

/** What the external checks of a self-test ask. */
export function outsideOf({ settings, printers, verifier, clock }: Rooms, line: PosLine): Outside {
	const { scanners, brands } = settings;
	return {
		scanners: scanners.map(({ name }) => name),
		printers: settings.printers.map(({ name }) => name),
		brands: brands.map(({ name }) => name),
		line,
		clock,
		identity: (name) => identityWords(printers.find(name)?.identity()),
		verifierAnswers: async (brand, signal) => {
			await verifier.token(brand, signal);
		},
	};
}

/** Many clones claim a famous name: it is told as what it is, a claim. */
function identityWords({ maker, model, firmware }: PrinterIdentity = {}): string {
	return [maker, model, firmware].filter((word) => word !== undefined && word !== "").join(" ");
}
