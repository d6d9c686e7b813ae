import { closeSync, constants, existsSync, globSync, openSync, readFileSync, readSync } from "node:fs";
import { until } from "./fact.ts";

/** `struct input_event` of linux/input.h on 64-bit machines: two times of 8 bytes, type 2, code 2, value 4. */
const eventBytes = 24;
const eventsAtOnce = 512;
const inputs = "/sys/class/input";
const keyEvent = 1;
const pressed = 1;

/** Listens to what a keyboard types as the console, X and Wayland do. */
export type Keys = {
	/** How many keys have gone down since the last call. */
	pressed(): number;
	/** Whether the kernel drops what it types. */
	isSilenced(): boolean;
	[Symbol.dispose](): void;
};

/** Opens the keyboard of that name as soon as it is there. */
export async function openKeys(name: string): Promise<Keys> {
	const event = await until(`the keyboard ${name}`, () => {
		const event = eventOf(name);
		// The node comes a moment after the device.
		return event !== undefined && existsSync(`/dev/input/${event}`) && event;
	});
	const fd = openSync(`/dev/input/${event}`, constants.O_RDONLY | constants.O_NONBLOCK);
	return {
		pressed: () => {
			const bytes = Buffer.alloc(eventBytes * eventsAtOnce);
			const length = read(fd, bytes);
			const events = Array.from({ length: length / eventBytes }, (_, index) => index * eventBytes);
			return events.filter(
				(at) => bytes.readUInt16LE(at + 16) === keyEvent && bytes.readInt32LE(at + 20) === pressed,
			).length;
		},
		isSilenced: () => readFileSync(`${inputs}/${event}/device/inhibited`, "utf8").trim() === "1",
		[Symbol.dispose]: () => closeSync(fd),
	};
}

function eventOf(name: string): string | undefined {
	return globSync("event*", { cwd: inputs }).find(
		(event) => readFileSync(`${inputs}/${event}/device/name`, "utf8").trim() === name,
	);
}

function read(fd: number, into: Buffer): number {
	try {
		return readSync(fd, into);
	} catch (error) {
		// Nothing has come.
		if (error instanceof Error && "code" in error && error.code === "EAGAIN") return 0;
		throw error;
	}
}
