import { fstatSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { NEVER, type Observable } from "rxjs";
import { SerialPort } from "serialport";
import type { Port, SerialLine } from "../model/device.ts";
import type { FaultCode } from "../model/fault.ts";
import { PortError } from "./gone.ts";
import { fileGone$ } from "./plugged-file.ts";
import { portOf } from "./port.ts";
import { refusal } from "./rights.ts";
import { flows } from "./serial-flow.ts";
import { guard, type UnixPort } from "./serial-guard.ts";
import { readWhenReadable } from "./serial-read.ts";

/** What is at the other end of a line. */
type SerialDevice = {
	/** What is wrong when it cannot be reached: `scanner-away` when left out. */
	readonly fault?: FaultCode;
	/**
	 * Emits when what is plugged in may have changed: a line whose device file is gone by then ends as unplugged,
	 * should its driver have kept silent about it.
	 */
	readonly looks$?: Observable<unknown> | undefined;
};

/**
 * Opens a serial line for kassad alone. What arrived before is thrown away. DTR is up for as long as it is open:
 * some scanners on USB send only then.
 * `path` is best a name that survives a replug, such as one in /dev/serial/by-id.
 * @throws {FaultError} `of.fault` with the operating system's words and what to do.
 */
export async function openSerial(
	path: string,
	{ flow, ...line }: SerialLine,
	of: SerialDevice = {},
): Promise<Port> {
	const { fault = "scanner-away", looks$ = NEVER } = of;
	const file = await realpath(path).catch(() => path);
	const stream = new SerialPort({ path, ...line, ...flows[flow], autoOpen: false });
	await new Promise<void>((resolve, reject) => {
		stream.open((error) => (error == null ? resolve() : reject(error)));
	}).catch(async (error: unknown) => {
		throw await refusal(path, "serial", error, fault);
	});
	const { port } = stream;
	if (port !== undefined && "poller" in port) {
		readWhenReadable(port);
		guard(port);
		const end = () => {
			const unplugged = new PortError(fault, { reason: "unplugged", detail: `${path} was unplugged` });
			if (stream.isOpen) stream.close(undefined, unplugged);
		};
		watchUnplug(stream, port, file, looks$, end);
	}
	// After an unplug the stream is closed already, and its protest about that is nobody's concern.
	const close = () => stream.close(() => undefined);
	// What a device that holds us back will not take is thrown away first: draining and closing would wait for it, each
	// in one of the four threads that all of Node's file operations share.
	const abort = () => new Promise<void>((resolve) => void stream.flush(() => stream.close(() => resolve())));
	return portOf({ stream, name: path, fault, finish: () => stream.drain(close), abort });
}

/**
 * Ends a stream whose device was pulled while serialport was not waiting for it. serialport would go on reading
 * nothing for ever, with all of the processor (serialport/bindings-cpp, issue 162); its poller hears of it all the
 * same. Should even the poller hear nothing, the missing device file tells.
 */
function watchUnplug(
	stream: SerialPort,
	{ fd, poller }: UnixPort,
	file: string,
	looks$: Observable<unknown>,
	end: () => void,
): void {
	poller.once("disconnect", end);
	if (fd === null) return;
	const watch = fileGone$(file, fstatSync(fd), looks$).subscribe(end);
	stream.once("close", () => watch.unsubscribe());
}
