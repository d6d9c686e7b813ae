import { EventEmitter } from "node:events";
import type { HidDevice } from "../../src/ports/hid-library.ts";

/** How a made-up device answers the host. */
type Manners = { readonly take?: (report: Buffer) => Promise<number> };

/**
 * node-hid's device object as its JavaScript half behaves: it reads from one turn after the first listener, throws
 * there when it was closed meanwhile, and rejects whatever comes after its end.
 */
export class FakeHid extends EventEmitter implements HidDevice {
	readonly got: [how: "write" | "feature", ...number[]][] = [];
	isOpen = true;
	isRead = false;
	readonly #take: (report: Buffer) => Promise<number>;

	constructor({ take = async (report: Buffer) => report.length }: Manners = {}) {
		super();
		this.#take = take;
		this.on("newListener", (event) => event === "data" && process.nextTick(() => this.#read()));
	}

	/** The device sends a report. */
	send(...report: number[]): void {
		if (this.isRead) this.emit("data", Buffer.from(report));
	}

	/** The cable is pulled. node-hid hands over a text, no error. */
	pull(): void {
		this.isRead = false;
		if (this.isOpen) this.emit("error", "could not read from HID device: hid_read failed");
	}

	async write(report: Buffer): Promise<number> {
		return this.#sent("write", report);
	}

	async sendFeatureReport(report: Buffer): Promise<number> {
		return this.#sent("feature", report);
	}

	async close(): Promise<void> {
		if (!this.isOpen) throw new TypeError("device is already closed");
		this.isOpen = false;
		this.isRead = false;
		await Promise.resolve();
		this.removeAllListeners();
	}

	#sent(how: "write" | "feature", report: Buffer): Promise<number> {
		if (!this.isOpen) throw new TypeError("device has been closed");
		this.got.push([how, ...report]);
		return this.#take(report);
	}

	#read(): void {
		if (!this.isOpen) throw new TypeError("device has been closed");
		if (this.isRead) throw new TypeError("read is already running");
		this.isRead = true;
	}
}
