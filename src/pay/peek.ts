import { connect, type DetailedPeerCertificate, type PeerCertificate, type TLSSocket } from "node:tls";
import type { Clock } from "../model/clock.ts";
import type { ServerSeen } from "../model/server-seen.ts";
import { whenAborted } from "../model/when-aborted.ts";
import { authoritiesWith, wordsOf } from "./connection.ts";

type Place = {
	/** An https address. */
	readonly address: string;
	readonly path: string;
	/** PEM of authorities to trust besides the usual ones. */
	readonly ca: string | undefined;
};

/** The head of an answer to HEAD; a longer one is none. */
const mostHeadBytes = 65_536;

/**
 * Looks at a server whose certificate may be wrong: whether it answers, who it says to be, and what time it has. The
 * one request (HEAD) tells it nothing, so that it does not matter who hears it. Never rejects.
 */
export async function peek(
	{ address, path, ca }: Place,
	clock: Clock,
	signal: AbortSignal,
): Promise<ServerSeen> {
	const { hostname, port, host } = new URL(address);
	const name = hostname.replace(/^\[|\]$/g, "");
	const socket = connect({
		...{ host: name, port: Number(port || 443), minVersion: "TLSv1.2", ALPNProtocols: ["http/1.1"] },
		...(/^[\d.]+$|:/.test(name) ? {} : { servername: name }),
		...(ca !== undefined && { ca: authoritiesWith(ca) }),
		// What is wrong with it is what is asked for.
		rejectUnauthorized: false,
	});
	const stop = () => socket.destroy(new DOMException("the time is over", "AbortError"));
	const deafen = whenAborted([signal], stop);
	try {
		await event(socket, "secureConnect");
		const certificate = certificateOf(socket);
		const request = `HEAD ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
		return { ...(await answerOf(socket, request, clock)), ...(certificate && { certificate }) };
	} catch (error) {
		return { trouble: wordsOf(error) };
	} finally {
		deafen();
		socket.on("error", () => undefined).destroy();
	}
}

function event(socket: TLSSocket, name: "secureConnect"): Promise<void> {
	return new Promise((resolve, reject) => {
		socket.once(name, resolve);
		socket.once("error", reject);
		socket.once("close", () => reject(new DOMException("the server has hung up", "NetworkError")));
	});
}

function certificateOf(socket: TLSSocket): ServerSeen["certificate"] {
	const own = socket.getPeerCertificate(true);
	if (own.valid_to === undefined) return undefined;
	const { authorizationError: error } = socket;
	return {
		issuer: nameOf(own.issuer),
		root: nameOf(rootOf(own).issuer),
		from: Date.parse(own.valid_from),
		until: Date.parse(own.valid_to),
		distrust: socket.authorized ? "" : error instanceof Error ? codeOf(error) : String(error ?? "UNTRUSTED"),
	};
}

/** The last of the chain: its issuer is whoever is trusted or not. */
function rootOf(own: DetailedPeerCertificate): DetailedPeerCertificate {
	let [last, steps] = [own, 0];
	while (last.issuerCertificate !== undefined && last.issuerCertificate !== last && steps < 10) {
		[last, steps] = [last.issuerCertificate, steps + 1];
	}
	return last;
}

function nameOf({ O, CN }: PeerCertificate["issuer"]): string {
	return [O, CN].flat().find((name) => name !== undefined && name !== "") ?? "-";
}

const codeOf = (error: Error) => ("code" in error ? String(error.code) : error.message);

async function answerOf(
	socket: TLSSocket,
	request: string,
	clock: Clock,
): Promise<Pick<ServerSeen, "trouble" | "answer">> {
	const sentAt = clock.now();
	socket.write(request);
	const head = await headOf(socket);
	const receivedAt = clock.now();
	const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(head) ?? [];
	if (status === undefined) return { trouble: "it does not speak HTTP" };
	const [, date = ""] = /^date:[ \t]*(.+?)[ \t]*$/im.exec(head) ?? [];
	return { trouble: "", answer: { status: Number(status), date: Date.parse(date), sentAt, receivedAt } };
}

function headOf(socket: TLSSocket): Promise<string> {
	return new Promise((resolve, reject) => {
		let head = "";
		socket.setEncoding("latin1").on("data", (piece: string) => {
			head += piece;
			if (head.includes("\r\n\r\n") || head.length > mostHeadBytes) resolve(head);
		});
		socket.once("end", () => resolve(head));
		socket.once("error", reject);
		socket.once("close", () => resolve(head));
	});
}
