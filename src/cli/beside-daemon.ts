import { connect } from "node:net";
import { type FaultCode, FaultError } from "../model/fault.ts";

/**
 * Two programs would each get a part of what a device says.
 * @param what kassad would hold: "the scanners", "the printers".
 * @throws {FaultError} `fault` when the daemon runs.
 */
export async function refuseBesideDaemon(socketPath: string, what: string, fault: FaultCode): Promise<void> {
	const isThere = await new Promise<boolean>((resolve) => {
		const socket = connect(socketPath);
		const tell = (there: boolean) => {
			socket.destroy();
			resolve(there);
		};
		socket.once("connect", () => tell(true));
		// Without the right to connect there is somebody all the same.
		socket.once("error", (error: NodeJS.ErrnoException) => tell(error.code === "EACCES"));
	});
	if (!isThere) return;
	const why = `kassad runs and holds ${what} (its socket is ${socketPath})`;
	throw new FaultError(fault, `${why}: stop it, try again, and start it afterwards`);
}
