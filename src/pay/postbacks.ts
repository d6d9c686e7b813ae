import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../model/clock.ts";
import { faultOf } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { Secret } from "../model/secret.ts";
import type { PostbackSettings } from "../model/settings/postback.ts";
import { basicAuth } from "./basic-auth.ts";
import { readBody } from "./postback-body.ts";
import { boundedServer, type Knock, listenOn, type ServerIdentity } from "./postback-server.ts";
import { type Verdict, verdictOf } from "./postback-verdict.ts";
import { type Posted, PostedDesk } from "./posted.ts";
import { Tally } from "./tally.ts";
import { Veil } from "./veil.ts";

/** The server of postbacks, open. */
export type Postbacks = {
	readonly posted: Posted;
	/** The port that it listens on. */
	readonly port: number;
	/** Cuts every connection: what was not answered the sender repeats, and the till asks about by itself. */
	close(): Promise<void>;
};

type Noise = Knock | "postback refused" | "postback about an unknown transaction";

/** Of each kind of noise the log has one line in this time. */
const warnEveryMs = 60_000;

/**
 * Listens for postbacks (cm_pay_api 1.2.1). Whoever connects is a stranger until the password was right: everything
 * is limited, nothing is kept, and the log gets a line a minute.
 * @param credentials the password, and what TLS needs; without `tls` plain http is spoken.
 * @param veil hides the till's secrets in what is posted.
 * @throws {FaultError} `config-invalid` when the address cannot be had; the detail says what to do.
 */
export async function servePostbacks(
	settings: PostbackSettings,
	credentials: { readonly password: Secret; readonly tls?: ServerIdentity },
	{ log, clock, veil = new Veil() }: { readonly log: Log; readonly clock: Clock; readonly veil?: Veil },
): Promise<Postbacks> {
	const posted = new PostedDesk(settings.keepMs, clock);
	const noise = new Tally<Noise>(log, clock, warnEveryMs);
	const judge = {
		path: settings.path,
		authorized: basicAuth(settings.login, credentials.password),
		take: posted.take.bind(posted),
	};
	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const read = await readBody(request, settings.mostBodyBytes);
		if (read === "broken-off") return;
		const body = read === "too-long" ? read : veil.body(read);
		const { method, url, headers } = request;
		const verdict = verdictOf({ method, path: url, headers, body }, judge);
		// Of those that were no postbacks `warn` tells, and strangers must not fill the log at any level.
		if (verdict.fate !== undefined) log.debug({ fate: verdict.fate }, "postback");
		warn(verdict, request, noise);
		answer(verdict, response);
	};
	const server = boundedServer(settings, credentials.tls, noise, (request, response) => {
		serve(request, response).catch((error: unknown) => {
			log.error({ fault: faultOf(error) }, "a postback failed");
			response.destroy();
		});
	});
	const close = await listenOn(server, settings, noise);
	const { port } = server.address() as AddressInfo;
	log.info({ host: settings.host, port }, "listening for postbacks");
	return { posted, port, close: () => close().then(() => noise.close()) };
}

/** Nothing is quoted but what the house has written: a stranger's words could be a password. */
function warn({ status, fate, detail }: Verdict, { socket }: IncomingMessage, noise: Tally<Noise>): void {
	const from = socket.remoteAddress;
	if (fate === "unknown") noise.count("postback about an unknown transaction", { from });
	else if (fate === undefined) noise.count("postback refused", { from, status, detail });
}

/** Only a sender of real postbacks keeps the connection: each guess costs a handshake, and none holds a place. */
function answer({ status, fate, detail }: Verdict, response: ServerResponse): void {
	const words = detail ?? fate ?? "";
	response.writeHead(status, {
		"content-type": "text/plain",
		"content-length": Buffer.byteLength(words),
		...(status === 401 && { "www-authenticate": 'Basic realm="kassad"' }),
		...(status === 405 && { allow: "POST" }),
		...(fate === undefined && { connection: "close" }),
	});
	response.end(words);
}
