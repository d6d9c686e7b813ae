import { FaultError } from "../model/fault.ts";
import type { Verifier } from "../model/scan.ts";
import type { Secret } from "../model/secret.ts";
import type { BridgeSettings, VerifierKind } from "../model/settings/verifier.ts";
import type { BridgeTools } from "./bridge-keeper.ts";
import { type BridgedBrand, bridgeVerifier } from "./bridge-verifier.ts";
import { builtinVerifier } from "./builtin-verifier.ts";

/** A brand with the choice of who checks its passwords. */
export type VerifiedBrand = BridgedBrand & { readonly verifier: VerifierKind };

/**
 * One verifier for all brands of the till: each brand's cards go to the implementation that its settings name.
 * `close` ends the wrapper programs, if any runs.
 * @throws {FaultError} `config-invalid` when a brand's key is not hexadecimal text, or its bridge is null.
 */
export function verifierFor(
	brands: readonly VerifiedBrand[],
	bridge: BridgeSettings | null,
	fingerprint: Secret,
	tools: BridgeTools,
): Verifier & { close(): Promise<void> } {
	const own = brands.filter(({ verifier }) => verifier === "builtin");
	const builtin = builtinVerifier(own, fingerprint, tools.clock);
	const bridged = new Map(
		brands
			.filter(({ verifier }) => verifier === "bridge")
			.map((brand) => [brand.name, bridgeVerifier(configured(bridge), brand, fingerprint, tools)]),
	);
	const of = (brand: string): Verifier => bridged.get(brand) ?? builtin;
	return {
		verify: (card, signal) => of(card.brand).verify(card, signal),
		token: (brand, signal) => of(brand).token(brand, signal),
		close: async () => {
			await Promise.all([...bridged.values()].map((verifier) => verifier.close()));
		},
	};
}

function configured(bridge: BridgeSettings | null): BridgeSettings {
	if (bridge === null)
		throw new FaultError("config-invalid", "a brand is behind the bridge, and bridge is null");
	return bridge;
}
