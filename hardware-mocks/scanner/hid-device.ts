import { EventEmitter } from "node:events";

/** A report that the host sent, its id in front. */
export type HostReport = { readonly as: "output" | "feature"; readonly bytes: Uint8Array };

/** How many input reports Linux keeps for a reader that does not read; later ones are lost (HIDRAW_BUFFER_SIZE). */
const mostWaiting = 63;

/**
 * The open device of node-hid 3.4 (its class `HIDAsync`), without a device: the host's half behaves as node-hid's,
 * the scanner's half is `send` and `pull`. Reading begins one turn after the first `data` listener, each input report
 * comes as a Buffer of its own, and after `close` no event comes any more.
 */
export class HidDeviceMock extends EventEmitter {
	readonly #take: (report: HostReport) => void;
	readonly #waiting: Uint8Array[] = [];
	#isRead = false;
	#isClosed = false;
	#isPulled = false;

	/** @param take gets what the host sends. */
	constructor(take: (report: HostReport) => void) {
		super();
		this.#take = take;
		this.on("newListener", (event) => {
			if (event === "data") process.nextTick(() => this.resume());
		});
		this.on("removeListener", (event) => {
			if (event === "data" && this.listenerCount("data") === 0) process.nextTick(() => this.pause());
		});
	}

	/** Whether the host has closed it. */
	get isClosed(): boolean {
		return this.#isClosed;
	}

	/** The scanner sends an input report. */
	send(report: Uint8Array): void {
		if (this.#isClosed || this.#isPulled) return;
		if (this.#isRead) this.#hand(report);
		else if (this.#waiting.length < mostWaiting) this.#waiting.push(Uint8Array.from(report));
	}

	/** The cable is pulled: reading fails, with a text where others have an error. */
	pull(): void {
		this.#isPulled = true;
		if (this.#isRead) this.#lose();
	}

	resume(): void {
		if (this.listenerCount("data") === 0) return;
		if (this.#isClosed) throw new TypeError("device has been closed");
		if (this.#isRead) throw new TypeError("read is already running");
		this.#isRead = true;
		while (this.#isRead && this.#waiting.length > 0) this.#hand(this.#waiting.shift() ?? new Uint8Array());
		if (this.#isPulled && this.#isRead) this.#lose();
	}

	pause(): void {
		this.#isRead = false;
	}

	/** Resolves with the number of bytes. */
	async write(report: number[] | Buffer): Promise<number> {
		return this.#receive("output", report);
	}

	/** Resolves with the number of bytes. */
	async sendFeatureReport(report: number[] | Buffer): Promise<number> {
		return this.#receive("feature", report);
	}

	/** A feature report of zeros. */
	async getFeatureReport(reportId: number, length: number): Promise<Buffer> {
		this.#mustBeThere("could not get feature report from device");
		const report = Buffer.alloc(length);
		report[0] = reportId;
		return report;
	}

	async close(): Promise<void> {
		if (this.#isClosed) throw new TypeError("device is already closed");
		this.#isClosed = true;
		this.#isRead = false;
		await Promise.resolve();
		this.removeAllListeners();
	}

	#hand(report: Uint8Array): void {
		try {
			this.emit("data", Buffer.from(report));
		} catch (error) {
			// So does node-hid with what a listener throws.
			setImmediate(() => void (this.#isClosed || this.emit("error", error)));
		}
	}

	#lose(): void {
		this.#isRead = false;
		this.emit("error", "could not read from HID device: hid_read failed");
	}

	#receive(as: HostReport["as"], report: number[] | Buffer): number {
		this.#mustBeThere(
			as === "output" ? "Cannot write to hid device" : "could not send feature report to device",
		);
		this.#take({ as, bytes: Uint8Array.from(report) });
		return report.length;
	}

	#mustBeThere(complaint: string): void {
		if (this.#isClosed) throw new TypeError("device has been closed");
		if (this.#isPulled) throw new TypeError(complaint);
	}
}
