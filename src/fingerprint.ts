import { cpus, hostname, networkInterfaces, release, totalmem } from "node:os";
import { Secret } from "./model/secret.ts";

/**
 * Facts that tell this till from others (`cashFingerPrint` of the vendor's TOTP module): processor, memory,
 * system, host name, network addresses and the moment of the start. Sent in the header `token`, never logged.
 */
export function tillFingerprint(now: number): Secret {
	const addresses = Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ internal }) => !internal)
		.map(({ mac, address }) => `${mac} ${address}`);
	const processor = cpus()[0]?.model ?? "unknown processor";
	const facts = [processor, totalmem(), release(), hostname(), ...addresses.sort(), now];
	return new Secret(facts.join("|"));
}
