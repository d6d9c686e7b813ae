import { renameSync, rmSync, symlinkSync } from "node:fs";
import { openPty, type Pty } from "./pty.ts";

/** The cable between a serial device and the host, with a stable name at the host's end. */
export type Cable = {
	/** The symbolic link that the host opens, like those in /dev/serial/by-id. */
	readonly link: string;
	/** Resolves when the bytes are on their way. */
	write(bytes: Uint8Array): Promise<void>;
	/** Lets the next piece come; only a paced line waits for that. */
	next(): void;
	/** Pulls the cable: the link is gone at once, the open line has ended when this resolves. */
	unplug(): Promise<void>;
	/** Puts the cable back: a new line under the same link. */
	replug(): void;
};

/**
 * Puts a cable in under `link`. A link that is there already is replaced.
 * @param heard is called with what the host writes, in pieces of any size.
 * @param isPaced see openPty.
 */
export function plugCable(link: string, heard: (bytes: Uint8Array) => void, isPaced = false): Cable {
	let line: Pty | undefined;
	const replug = () => {
		if (line !== undefined) throw new Error("the cable is plugged in already");
		line = openPty(heard, isPaced);
		pointTo(link, line.path);
	};
	replug();
	return {
		link,
		write: async (bytes) => {
			if (line === undefined) throw new Error("the cable is unplugged");
			await line.write(bytes);
		},
		next: () => line?.next(),
		unplug: async () => {
			if (line === undefined) return;
			const pulled = line;
			line = undefined;
			rmSync(link, { force: true });
			await pulled.close();
		},
		replug,
	};
}

/** One step for whoever looks at the link: it points to the old line or to the new one, never to nothing. */
function pointTo(link: string, path: string): void {
	const aside = `${link}.${process.pid}`;
	rmSync(aside, { force: true });
	symlinkSync(path, aside);
	renameSync(aside, link);
}
