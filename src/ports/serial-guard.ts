import type { SerialPort } from "serialport";

/** What serialport has beneath its stream everywhere but on Windows. */
export type UnixPort = Extract<NonNullable<SerialPort["port"]>, { poller: unknown }>;

/** The events of uv_poll_start, http://docs.libuv.org/en/v1.x/poll.html */
const events = Object.freeze([
	["readable", 1],
	["writable", 2],
	["disconnect", 4],
] as const);

/**
 * Mends two faults of serialport (bindings-cpp 13.0.0) on one open port, in which reads, writes and closes meet each
 * other. To be called before anything is read or written.
 */
export function guard(port: UnixPort): void {
	pollForAll(port);
	closeWhenUnused(port);
}

/**
 * Each call of uv_poll_start replaces what the one before asked for, and serialport asks for the latest wish only: a
 * write that flow control holds would never hear that it may go on once a read waits, too, and the other way round.
 */
function pollForAll({ poller }: UnixPort): void {
	const poll = poller.poll.bind(poller);
	poller.poll = (wish = 0) => {
		let all = wish;
		for (const [event, flag] of events) if (poller.listenerCount(event) > 0) all |= flag;
		poll(all);
	};
}

/**
 * serialport closes the descriptor while a thread of libuv may be about to read from it or to write to it. Whoever
 * opens something next gets the same number, and then it is his bytes that are read, or his file that is written to.
 * Node forbids that (https://nodejs.org/api/fs.html#fsclosefd-callback).
 */
function closeWhenUnused(port: UnixPort): void {
	const { read, write, close } = port;
	const underWay = new Set<Promise<unknown>>();
	const tracked = <T>(use: Promise<T>): Promise<T> => {
		underWay.add(use);
		const done = () => underWay.delete(use);
		use.then(done, done);
		return use;
	};
	port.read = (...where) => tracked(read.apply(port, where));
	port.write = (bytes) => tracked(write.call(port, bytes));
	port.close = async () => {
		// Refused by serialport. Its poller must not be touched any more: the process would die.
		if (!port.isOpen) return close.call(port);
		const { fd } = port;
		// Those that wait for an event give up; those at work see that the port is closed and do not start again. None
		// of them takes long, as the descriptor never blocks.
		port.poller.stop();
		port.fd = null;
		await Promise.allSettled(underWay);
		port.fd = fd;
		await close.call(port);
	};
}
