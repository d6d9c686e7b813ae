import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Gone, Port } from "../model/device.ts";
import { codeOf, goneBy, PortError } from "./gone.ts";
import { portOf } from "./port.ts";

const fault = "printer-unreachable";

/** What the technician can do, by errno. */
const advice: Readonly<Record<string, string>> = Object.freeze({
	ECONNREFUSED: "the host is there but nothing listens on this port (printers: usually 9100)",
	ENOTFOUND: "check the host name",
	EAI_AGAIN: "check the host name and the name server",
});
const otherAdvice = "check that the device is switched on and in this network";

/** A device that lost power is found out by keep-alive probes, the first after this many ms of silence. */
const probeAfterMs = 10_000;

/**
 * Connects to a device by TCP, within `connectMs` including the look-up of its name.
 * @throws {FaultError} `printer-unreachable` with the operating system's words and what to do.
 */
export async function openTcp(host: string, port: number, connectMs: number): Promise<Port> {
	const name = `${host}:${port}`;
	const socket = connect({
		host,
		port,
		noDelay: true,
		keepAlive: true,
		keepAliveInitialDelay: probeAfterMs,
	});
	await connected(socket, connectMs).catch((error: unknown) => {
		socket.destroy();
		const { reason, detail } = goneBy(error);
		throw new PortError(fault, {
			reason,
			detail: `${name}: ${detail}; ${advice[codeOf(error)] ?? otherAdvice}`,
		});
	});
	return portOf({
		stream: socket,
		name,
		fault,
		// Not `destroySoon`: what the device sends to a socket that is no longer there resets the connection, and the
		// device loses what it has not read yet. So kassad says "no more" and waits for the device to end, too.
		finish: () => socket.end(),
		abort: () => {
			socket.destroy();
		},
	});
}

/** Resolves when the socket is connected. */
async function connected(socket: Socket, connectMs: number): Promise<void> {
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(), connectMs);
	try {
		await once(socket, "connect", { signal: late.signal });
	} catch (error) {
		if (!late.signal.aborted) throw error;
		const gone: Gone = { reason: "timed-out", detail: `no connection within ${connectMs} ms` };
		throw new PortError(fault, gone);
	} finally {
		clearTimeout(timer);
	}
}
