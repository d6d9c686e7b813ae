import type { Socket } from "node:net";
import { FaultError } from "../model/fault.ts";
import type { Channel } from "./channel.ts";
import type { PeerUser } from "./peer-user.ts";
import type { Reception } from "./reception.ts";

/** Who may connect: by the user's number the name for the log, and who tells the number. */
export type Guard = { readonly users: ReadonlyMap<number, string>; readonly userOf: PeerUser };

/** Receives a client for whom the system vouches: by the mode of the socket's file, and with a guard by its user. */
export function receiveUser(
	reception: Pick<Reception, "welcome" | "turnAway">,
	channel: Channel,
	socket: Socket,
	guard: Guard | undefined,
): void {
	if (guard === undefined) {
		reception.welcome(channel, {});
		return;
	}
	const number = guard.userOf(socket);
	const user = number === undefined ? undefined : guard.users.get(number);
	if (user !== undefined) {
		reception.welcome(channel, { user });
		return;
	}
	const why = number === undefined ? "nobody tells which user connects" : `user ${number} may not connect`;
	reception.turnAway(channel, new FaultError("not-allowed", `${why}: socket.allowedUsers says who may`));
}
