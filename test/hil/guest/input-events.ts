import { closeSync, constants, existsSync, globSync, openSync, readFileSync, readSync } from "node:fs";
import { until } from "./fact.ts";

/** `struct input_event` of linux/input.h on 64-bit machines: two times of 8 bytes, type 2, code 2, value 4. */
const eventBytes = 24;
const eventsAtOnce = 512;
const keyEvent = 1;
const pressed = 1;

/** Listens to what a keyboard types as the console, X and Wayland do. */
export type Keys = {
	/** How many keys have gone down since the last call. */
	pressed(): number;
	[Symbol.dispose](): void;
};

/** Opens the keyboard of that name as soon as it is there. */
export async function openKeys(name: string): Promise<Keys> {
	const fd = await until(`the keyboard ${name}`, () => {
		const file = nodeOf(name);
		// The node comes a moment after the device.
		const isThere = file !== undefined && existsSync(file);
		return isThere && openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
	});
	return {
		pressed: () => {
			const bytes = Buffer.alloc(eventBytes * eventsAtOnce);
			const length = read(fd, bytes);
			const events = Array.from({ length: length / eventBytes }, (_, index) => index * eventBytes);
			return events.filter(
				(at) => bytes.readUInt16LE(at + 16) === keyEvent && bytes.readInt32LE(at + 20) === pressed,
			).length;
		},
		[Symbol.dispose]: () => closeSync(fd),
	};
}

function nodeOf(name: string): string | undefined {
	const node = globSync("event*", { cwd: "/sys/class/input" }).find(
		(event) => readFileSync(`/sys/class/input/${event}/device/name`, "utf8").trim() === name,
	);
	return node && `/dev/input/${node}`;
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
