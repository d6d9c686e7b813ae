import type { CheckVerdict } from "../model/self-test.ts";
import type { ServerSeen } from "../model/server-seen.ts";
import { type Check, green, red, remark, skipped, usualMs } from "./check.ts";

export type LookAtServer = {
	readonly address: string;
	look(signal: AbortSignal): Promise<ServerSeen>;
	/** Wall-clock ms. */
	now(): number;
};

const dayMs = 86_400_000;

/** A certificate that ends sooner is worth a word. */
const soonDays = 14;

/** One look, three answers: whether the server is there, who it is, and what time it has. */
export function serverChecks(server: LookAtServer, mostSkewMs: number): readonly Check[] {
	let seen: Promise<ServerSeen> | undefined;
	const look = (signal: AbortSignal) => {
		seen ??= server.look(signal);
		return seen;
	};
	const check = (
		name: "server" | "certificate" | "clock",
		judge: (seen: ServerSeen) => CheckVerdict,
	): Check => ({
		...{ name, kind: "internal", title: remark(name), mostMs: usualMs },
		needs: name === "server" ? [] : ["server"],
		run: async ({ signal }) => judge(await look(signal)),
	});
	return [
		check("server", (seen) => reached(seen, server.address)),
		check("certificate", ({ certificate }) => proved(certificate, server.now())),
		check("clock", ({ answer }) => onTime(answer, mostSkewMs)),
	];
}

function reached({ trouble, answer }: ServerSeen, address: string): CheckVerdict {
	if (answer === undefined) return red("server-away", { address, detail: trouble });
	const { status, sentAt, receivedAt } = answer;
	const facts = { address, status, ms: Math.round(receivedAt - sentAt) };
	return status >= 500 ? red("server-failing", facts) : green("server-answers", facts);
}

/** Codes of Node.js (https://nodejs.org/api/tls.html, "X509 certificate error codes"). */
function proved(certificate: ServerSeen["certificate"], now: number): CheckVerdict {
	if (certificate === undefined) return red("certificate-untrusted", { detail: "-", issuer: "-" });
	const { issuer, root, from, until, distrust } = certificate;
	const days = Math.floor((until - now) / dayMs);
	const facts = { issuer, root, days: Math.abs(days), until: day(until), from: day(from), detail: distrust };
	if (until <= now) return red("certificate-expired", facts);
	if (from > now) return red("certificate-early", facts);
	if (distrust !== "") return red("certificate-untrusted", facts);
	return green(days < soonDays ? "certificate-soon" : "certificate", facts);
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The header tells whole seconds: the server's clock was there, or up to a second later. */
const dateStepMs = 1_000;

function onTime(answer: ServerSeen["answer"], mostSkewMs: number): CheckVerdict {
	if (answer === undefined || Number.isNaN(answer.date)) return skipped("no-date");
	const ahead = (answer.sentAt + answer.receivedAt - dateStepMs) / 2 - answer.date;
	// What the header cannot tell is no mistake of the clock.
	const doubt = (answer.receivedAt - answer.sentAt + dateStepMs) / 2;
	const seconds = Math.round(Math.abs(ahead) / 1_000);
	if (Math.abs(ahead) - doubt <= mostSkewMs) return green("clock-right", { seconds });
	return red(ahead > 0 ? "clock-ahead" : "clock-behind", { seconds });
}
