import { once } from "node:events";
import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import { connect, type Server } from "node:net";
import { FaultError } from "../model/fault.ts";

/** For the umask while the socket is made: until its mode is set nobody but the owner may connect. */
const onlyOwner = 0o177;

/**
 * Listens on a Unix socket, or on a named pipe of Windows, which only this user and administrators may write to
 * (https://learn.microsoft.com/windows/win32/ipc/named-pipe-security-and-access-rights). A file left by a process that
 * ended without tidying up is replaced.
 * @param mode of the file, octal text such as "0660".
 * @param system as `process.platform`.
 * @throws {FaultError} `config-invalid` when someone answers there, when something else lies there, or when the
 * system refuses.
 */
export async function listenOn(
	server: Server,
	path: string,
	mode: string,
	system: NodeJS.Platform = process.platform,
): Promise<void> {
	const isPipe = system === "win32";
	if (!isPipe) await clearTheWay(path);
	try {
		await bind(server, path);
		if (!isPipe) chmodSync(path, Number.parseInt(mode, 8));
	} catch (error) {
		server.close();
		const hint = isPipe
			? "has another program this pipe?"
			: "does its folder exist, and may kassad write there?";
		throw new FaultError("config-invalid", `cannot listen on ${path}: ${reason(error)}; ${hint}`);
	}
}

/** Node makes the file within `listen`, before any other code of this process runs. */
async function bind(server: Server, path: string): Promise<void> {
	const before = process.umask(onlyOwner);
	try {
		server.listen(path);
	} finally {
		process.umask(before);
	}
	await once(server, "listening");
}

/** Only a socket on which the system refuses connections is known to be nobody's. */
async function clearTheWay(path: string): Promise<void> {
	const file = lstatSync(path, { throwIfNoEntry: false });
	if (file === undefined) return;
	if (!file.isSocket()) throw new FaultError("config-invalid", `${path} is there and is not a socket`);
	const answer = await knock(path);
	if (answer !== "ECONNREFUSED") {
		throw new FaultError("config-invalid", `another program has ${path} (it says: ${answer})`);
	}
	unlinkSync(path);
}

async function knock(path: string): Promise<string> {
	const socket = connect(path);
	try {
		await once(socket, "connect");
		return "connected";
	} catch (error) {
		return reason(error);
	} finally {
		socket.destroy();
	}
}

function reason(error: unknown): string {
	if (error instanceof Error) return "code" in error ? String(error.code) : error.message;
	return String(error);
}
