import { once } from "node:events";
import type { Server } from "node:net";
import { FaultError } from "../model/fault.ts";

const hints: Readonly<Record<string, string>> = {
	EADDRINUSE: "another program has this port: stop it, or choose another",
	EADDRNOTAVAIL: "this machine has no such address: choose another host",
	EACCES: "ports below 1024 are the system's: choose a higher one",
};

/**
 * Listens on a port of this machine that only its own programs reach.
 * @param place in the settings, for who has to mend them.
 * @throws {FaultError} `config-invalid` when the system refuses, or calls `localhost` what others can reach.
 */
export async function listenAt(
	server: Server,
	{ host, port }: { readonly host: string; readonly port: number },
	place: string,
): Promise<void> {
	try {
		server.listen({ host, port });
		await once(server, "listening");
	} catch (error) {
		const code = error instanceof Error && "code" in error ? `${error.code}` : `${error}`;
		throw unheard(place, host, port, hints[code] ?? code);
	}
	const address = server.address();
	if (address !== null && typeof address === "object" && isLoopback(address.address)) return;
	server.close();
	throw unheard(place, host, port, "it is an address that others can reach: write 127.0.0.1");
}

function isLoopback(address: string): boolean {
	return address.startsWith("127.") || address === "::1";
}

function unheard(place: string, host: string, port: number, why: string): FaultError {
	return new FaultError("config-invalid", `${place}: cannot listen on ${host}, port ${port}: ${why}`);
}
