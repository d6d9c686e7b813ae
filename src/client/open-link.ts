import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Clock } from "../model/clock.ts";
import type { Hearer, Link } from "./link.ts";
import { NoAnswer } from "./pos-error.ts";
import { streamLink } from "./stream-link.ts";
import { within } from "./within.ts";

/** Where kassad listens: the Unix socket's file, or a named pipe of Windows. */
export type Where = string | { readonly path: string };

/**
 * Goes to kassad. Rejects with the operating system's error when nobody answers there, and with {NoAnswer} `late` after
 * `connectMs`.
 */
export async function openLink(
	where: Where,
	hearer: Hearer,
	{ connectMs, clock }: { readonly connectMs: number; readonly clock: Clock },
): Promise<Link> {
	const socket = socketTo(where);
	const late = () => new NoAnswer("late", `kassad did not take the connection within ${connectMs} ms`);
	try {
		await within(connectMs, clock, once(socket, "connect"), late);
	} catch (error) {
		socket.on("error", () => undefined).destroy();
		throw error;
	}
	return streamLink(socket, hearer);
}

function socketTo(where: Where): Socket {
	return connect(typeof where === "string" ? where : where.path);
}
