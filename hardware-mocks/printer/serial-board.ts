import { type Cable, plugCable } from "../scanner/cable.ts";
import type { Board } from "./board.ts";
import type { Device } from "./device.ts";
import { Intake } from "./intake.ts";

/** A serial line (a pseudo-terminal) under a symbolic link. */
export type SerialOptions = {
	readonly link: string;
	/**
	 * How the printer tells the host to wait: by the bytes XOFF and XON; by its wire to the host's CTS, for which a
	 * pseudo-terminal that is not read stands, as it has no such wires; or not at all, and then bytes are lost.
	 */
	readonly flow?: "xon-xoff" | "rts-cts" | "none";
	/** A line over USB vanishes with the printer's power, an RS-232 line stays. */
	readonly cable?: "usb" | "rs-232";
};

const [xon, xoff] = [0x11, 0x13];

/** Room in the buffer at which the printer becomes busy, and at which it is ready again, bytes (Epson TM-T88V). */
const busy = { below: 128, until: 256 } as const;

/** What a host may have on its way until XOFF has reached it, in the buffers of the system and of this program. */
const onItsWay = 16_384;

/** The printer's end of a serial line. */
export class SerialBoard implements Board {
	readonly #device: Device;
	readonly #intake: Intake;
	readonly #cable: Cable;
	readonly #options: Required<SerialOptions>;
	#isBusy = false;
	#isWaiting = false;

	constructor(
		device: Device,
		heard: (board: Board) => void,
		lost: (bytes: Uint8Array) => void,
		options: SerialOptions,
	) {
		this.#device = device;
		this.#options = { flow: "xon-xoff", cable: "usb", ...options };
		const { flow, link } = this.#options;
		this.#intake = new Intake(device, {
			pause: () => undefined,
			resume: () => {
				if (flow === "rts-cts") this.#next();
			},
			...(flow !== "rts-cts" && { overrun: (bytes) => this.#overrun(bytes, lost) }),
		});
		const take = (bytes: Uint8Array) => {
			heard(this);
			this.#isWaiting = true;
			this.#intake.take(bytes);
			const told = this.#tellFlow();
			if (flow === "xon-xoff") void told.then(() => this.#next());
		};
		this.#cable = plugCable(link, take, flow !== "none");
	}

	reply(bytes: Uint8Array): void {
		void this.#write(bytes);
	}

	readOn(): void {
		this.#intake.drain();
		void this.#tellFlow();
	}

	read(isReading: boolean): void {
		this.#intake.read(isReading);
	}

	after(bytes: number, reached: () => void): void {
		this.#intake.after(bytes, reached);
	}

	async reset(): Promise<void> {
		this.#intake.forget();
		await this.#cable.unplug();
		this.#replug();
	}

	async powerOff(): Promise<void> {
		this.#intake.forget();
		if (this.#options.cable === "usb") await this.#cable.unplug();
	}

	async powerOn(): Promise<void> {
		if (this.#options.cable === "usb") this.#replug();
	}

	async close(): Promise<void> {
		await this.#cable.unplug();
	}

	#replug(): void {
		this.#isBusy = false;
		this.#isWaiting = false;
		this.#cable.replug();
	}

	/** One piece after the other: what is not asked for stays with the host. */
	#next(): void {
		if (!this.#isWaiting) return;
		this.#isWaiting = false;
		this.#cable.next();
	}

	/** Resolves when the host has been told, if there is something to tell. */
	async #tellFlow(): Promise<void> {
		if (this.#options.flow !== "xon-xoff") return;
		const { room, facts } = this.#device;
		const scale = Math.min(1, facts.bufferBytes / 4_096);
		const isBusy = room < (this.#isBusy ? busy.until : busy.below) * scale;
		if (isBusy === this.#isBusy) return;
		this.#isBusy = isBusy;
		await this.#write(Uint8Array.of(isBusy ? xoff : xon));
	}

	/** Nobody hears an answer on a line that has just been pulled. */
	async #write(bytes: Uint8Array): Promise<void> {
		await this.#cable.write(bytes).catch(() => undefined);
	}

	/** What the host had on its way when it was told to wait is still taken; what comes later is lost. */
	#overrun(bytes: Uint8Array, lost: (bytes: Uint8Array) => void): Uint8Array {
		const kept = this.#options.flow === "xon-xoff" ? onItsWay : 0;
		if (bytes.length > kept) lost(bytes.subarray(kept));
		return bytes.subarray(0, kept);
	}
}
