import { closeSync, openSync, readSync, statSync, truncateSync } from "node:fs";
import type { LogDisk } from "../../src/journal/log-disk.ts";

/** How far the log is on disk: in which of its lives, since it begins anew when it has been folded, and its bytes. */
type Reached = { readonly life: string; readonly bytes: number; readonly order: number };

/** The disk of a journal's log. What has not been synced is lost with the power, and a sync takes its time. */
export class FrailDisk implements LogDisk {
	readonly #path: string;
	readonly #syncing: () => Promise<void>;
	#order = 0;
	#reached: Reached = { life: "", bytes: 0, order: 0 };

	/** @param syncing passes the time of a sync, or rejects as a sync that fails. */
	constructor(path: string, syncing: () => Promise<void>) {
		this.#path = path;
		this.#syncing = syncing;
	}

	readonly now = (): void => this.#keep(this.#look());

	readonly soon = async (): Promise<void> => {
		const seen = this.#look();
		await this.#syncing();
		this.#keep(seen);
	};

	close(): void {
		// Nothing is held open.
	}

	/** Takes from a copy of the log what the disk does not hold. */
	loseFrom(copy: string): void {
		const { life, bytes } = this.#reached;
		truncateSync(copy, lifeOf(this.#path) === life ? bytes : 0);
	}

	#look(): Reached {
		this.#order += 1;
		return { life: lifeOf(this.#path), bytes: statSync(this.#path).size, order: this.#order };
	}

	#keep(seen: Reached): void {
		if (seen.order > this.#reached.order) this.#reached = seen;
	}
}

/** The salts, which are others each time that the log begins anew ("WAL Header Format", bytes 16 to 23). */
function lifeOf(path: string): string {
	const salts = Buffer.alloc(8);
	const file = openSync(path, "r");
	try {
		readSync(file, salts, 0, 8, 16);
		return salts.toString("hex");
	} finally {
		closeSync(file);
	}
}
