import { plugCable } from "./cable.ts";

/** A Datalogic Magellan on a serial line that is not there: it takes a picture when it is asked. */
export type MagellanScanner = {
	readonly link: string;
	/** From now on its pictures are this file. Before the first one they fail. */
	layDown(picture: Uint8Array): void;
	/** Unplugs for good: the link is gone at once, the open line has ended when this resolves. Safe to call twice. */
	close(): Promise<void>;
};

/** `P`, how many bytes follow, `p` to take a picture. */
const [preamble, takePicture] = [0x50, 0x70];
const [taken, refused] = [0x06, 0x07];
const counts: readonly (number | undefined)[] = [4, 6];

/**
 * Plugs it in under `link`. A link that is there already is replaced.
 * Datalogic Magellan 1500i and 9300i product reference guides, "Image Capture to the Host by Host Command".
 */
export function plugMagellan(link: string): MagellanScanner {
	let picture: Uint8Array = new Uint8Array();
	const cable = plugCable(
		link,
		hearCommands(([, count, kind]) => {
			const isKnown = counts.includes(count) && kind === takePicture;
			// A cable that is pulled meanwhile.
			cable.write(isKnown ? shipped(picture) : Uint8Array.of(refused)).catch(() => undefined);
		}),
	);
	return {
		link,
		layDown: (laid) => {
			picture = laid;
		},
		close: cable.unplug,
	};
}

/** Cuts what the host writes into commands with a preamble; other bytes are passed over. */
function hearCommands(tell: (command: Uint8Array) => void): (bytes: Uint8Array) => void {
	let kept: number[] = [];
	return (bytes) => {
		for (const byte of bytes) {
			if (kept.length > 0 || byte === preamble) kept.push(byte);
			const [, count] = kept;
			if (count === undefined || kept.length < 2 + count) continue;
			tell(Uint8Array.from(kept));
			kept = [];
		}
	};
}

/** ACK, the length with the high byte first, the picture; a length of 0 says that it failed. */
function shipped(picture: Uint8Array): Uint8Array {
	const head = Buffer.from([taken, 0, 0, 0, 0]);
	head.writeUInt32BE(picture.length, 1);
	return Buffer.concat([head, picture]);
}
