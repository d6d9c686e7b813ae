import { type Check, callSupport, green, red, skipped, type Target, type Verdict } from "./doctor-check.ts";
import { type Door, openPeer, patienceMs } from "./doctor-peer.ts";
import { faultIn } from "./doctor-tokens.ts";

const request = (id: number, method: string) =>
	`${JSON.stringify({ jsonrpc: "2.0", id, method, params: method === "hello" ? { client: "doctor" } : {} })}\n`;
/** What a program sends at once before it looks whether it was cut off. */
const pieceBytes = 65_536;
/** However little the daemon's answers weigh, so many unread ones are enough. */
const mostRequests = 4_096;

/** Programs on the Unix socket that keep to no rule, and whether others are served meanwhile. */
export const rudeChecks: readonly Check[] = [
	{ name: "nonsense", title: "nonsense is refused, and harms nobody", attacks: true, run: nonsense },
	{ name: "oversize", title: "a message without an end is cut off", attacks: true, run: oversize },
	{ name: "slow-reader", title: "who does not read is cut off", attacks: true, run: slowReader },
	{ name: "half-open", title: "who leaves in the middle is forgotten", attacks: true, run: halfOpen },
	{ name: "silent", title: "TCP: a stranger who says nothing is cut off", attacks: true, run: silent },
];

async function nonsense({ socket }: Target): Promise<Verdict> {
	const peer = await openPeer({ path: socket.path });
	try {
		await peer.send(`${"[".repeat(10_000)}\n`);
		if (faultIn(await peer.answer()) !== "request-invalid") return red("it was not refused", callSupport);
		await peer.send(request(1, "no.such.method"));
		if (faultIn(await peer.answer()) !== "method-unknown") return red("it was not refused", callSupport);
		return othersAreServed(socket, "refused");
	} finally {
		peer.close();
	}
}

async function oversize({ socket }: Target): Promise<Verdict> {
	const peer = await openPeer({ path: socket.path });
	try {
		const piece = Buffer.alloc(pieceBytes, "x");
		const pieces = Math.ceil(socket.mostMessageBytes / pieceBytes) + 1;
		for (let sent = 0; sent < pieces && !peer.isOver; sent += 1) await peer.send(piece);
		const fault = faultIn(await peer.answer());
		if (fault !== "message-too-large") return red("it was taken, or not refused", callSupport);
		if (!(await peer.isCutOff())) return red("it may go on sending", callSupport);
		return othersAreServed(socket, `after ${socket.mostMessageBytes} bytes`);
	} finally {
		peer.close();
	}
}

/** Asks for the longest answer that there is, again and again, and reads none. */
async function slowReader({ socket }: Target): Promise<Verdict> {
	const polite = await openPeer({ path: socket.path });
	await polite.send(request(1, "rpc.discover"));
	const bytes = Buffer.byteLength((await polite.answer()) ?? "");
	polite.close();
	if (bytes === 0) return red("rpc.discover was not answered", callSupport);
	const peer = await openPeer({ path: socket.path });
	try {
		// What the system itself keeps of it comes on top.
		const times = Math.min(Math.ceil((2 * socket.mostUnreadBytes) / bytes) + 16, mostRequests);
		for (let id = 1; id <= times && !peer.isOver; id += 1) await peer.send(request(id, "rpc.discover"));
		const served = await othersAreServed(socket, `with at most ${socket.mostUnreadBytes} bytes unread`);
		if (served.state === "red") return served;
		// A daemon that serves everybody in turn may not be done with these requests yet.
		const isHungUpOn = await peer.isHungUpOn(request(times, "rpc.discover"));
		return isHungUpOn ? served : red("it is served without end", callSupport);
	} finally {
		peer.close();
	}
}

async function halfOpen({ socket }: Target): Promise<Verdict> {
	const peer = await openPeer({ path: socket.path });
	try {
		await peer.send('{"jsonrpc":"2.0","id":1,"meth');
		peer.end();
		if (!(await peer.isCutOff())) return red("its connection is kept", callSupport);
		return othersAreServed(socket, "closed");
	} finally {
		peer.close();
	}
}

async function silent({ socket: { tcp, authMs } }: Target): Promise<Verdict> {
	if (tcp === null) return skipped("socket.tcp is null: there is no such door");
	const peer = await openPeer(tcp);
	try {
		if (await peer.isCutOff(authMs + patienceMs)) return green(`within socket.authMs, ${authMs} ms`);
		return red("it may stay", callSupport);
	} finally {
		peer.close();
	}
}

/** Green, and what was seen, when somebody else gets an answer. */
async function othersAreServed({ path }: { readonly path: string }, seen: string): Promise<Verdict> {
	return (await isAnswered({ path })) ? green(seen) : red("nobody else is answered meanwhile", callSupport);
}

/** Whether a greeting is answered at this door. Rejects with the system's error when nobody is there. */
export async function isAnswered(door: Door): Promise<boolean> {
	const peer = await openPeer(door);
	try {
		await peer.send(request(1, "hello"));
		return (await peer.answer())?.includes('"result"') ?? false;
	} finally {
		peer.close();
	}
}
