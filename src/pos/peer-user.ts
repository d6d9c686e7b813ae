import type { Socket } from "node:net";
import { FaultError } from "../model/fault.ts";

/** The number of the user whose program has connected; undefined when the system does not tell. */
export type PeerUser = (socket: Socket) => number | undefined;

/** asm-generic/socket.h of Linux; other machines than these have other numbers. */
const numbers = { SOL_SOCKET: 1, SO_PEERCRED: 17 } as const;
const machines = ["arm", "arm64", "ia32", "loong64", "riscv64", "x64"];

/** `struct ucred` of socket(7), unix(7): pid, uid and gid, 32 bits each. */
const credentials = { bytes: 12, uidAt: 4 } as const;

/**
 * Asks Linux who has connected to a Unix socket: the user at the time of `connect`, whom nobody can feign
 * (unix(7), SO_PEERCRED). Node has no call for that, so the system's own is called; the library for it is loaded only
 * here, by who needs it.
 * @throws {FaultError} `config-invalid` where the system cannot be asked.
 */
export async function openPeerUser(): Promise<PeerUser> {
	if (process.platform !== "linux" || !machines.includes(process.arch)) {
		const detail = `socket.allowedUsers: expected null, because nobody tells who connects on ${process.platform} ${process.arch}`;
		throw new FaultError("config-invalid", detail);
	}
	const { load } = await import("koffi");
	const getsockopt = load(null).func("int getsockopt(int, int, int, _Out_ uint8_t *, _Inout_ uint32_t *)");
	return (socket) => {
		const fd = descriptorOf(socket);
		if (fd === undefined) return undefined;
		const said = Buffer.alloc(credentials.bytes);
		const length = [said.length];
		const failed = getsockopt(fd, numbers.SOL_SOCKET, numbers.SO_PEERCRED, said, length);
		if (failed !== 0 || length[0] !== said.length) return undefined;
		return said.readUInt32LE(credentials.uidAt);
	};
}

/** Node keeps a socket's descriptor to itself, but for this. */
function descriptorOf(socket: Socket): number | undefined {
	const { _handle: handle } = socket as unknown as { readonly _handle: { readonly fd?: unknown } | null };
	return typeof handle?.fd === "number" && handle.fd >= 0 ? handle.fd : undefined;
}
