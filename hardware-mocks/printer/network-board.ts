import type { Socket } from "node:net";
import type { Device } from "./device.ts";

/** As much as a printer takes while it cannot print; then it stops reading. */
const bufferBytes = 65_536;

/** The printer's end of TCP: one connection is served, others wait until it is gone. */
export class NetworkBoard {
	readonly #device: Device;
	readonly #line: Socket[] = [];
	#reading = true;
	#bytesToLive: number | undefined;
	mute: boolean;

	constructor(device: Device, mute: boolean) {
		this.#device = device;
		this.mute = mute;
	}

	accept(socket: Socket): void {
		socket.setNoDelay(true);
		socket.pause();
		this.#line.push(socket);
		// A client that vanishes is everyday life for a printer; "close" follows.
		socket.on("error", () => socket.destroy());
		socket.on("data", (chunk) => this.#take(socket, chunk));
		socket.on("close", () => {
			this.#line.splice(this.#line.indexOf(socket), 1);
			this.readOn();
		});
		this.readOn();
	}

	reply(bytes: Uint8Array): void {
		const served = this.#line[0];
		if (!this.mute && served?.writable === true) served.write(bytes);
	}

	stopReading(): void {
		this.#reading = false;
		this.#line[0]?.pause();
	}

	startReading(): void {
		this.#reading = true;
		this.readOn();
	}

	/** Reads from the served connection, unless told not to or the buffer is full. */
	readOn(): void {
		if (this.#reading && !this.#full) this.#line[0]?.resume();
	}

	dieAfter(bytes: number): void {
		this.#bytesToLive = bytes;
	}

	hangUp(): void {
		for (const socket of [...this.#line]) socket.destroy();
	}

	get #full(): boolean {
		return this.#device.stopped && this.#device.waiting >= bufferBytes;
	}

	#take(socket: Socket, chunk: Uint8Array): void {
		const taken = chunk.subarray(0, this.#bytesToLive);
		this.#device.receive(taken);
		if (this.#full) socket.pause();
		if (this.#bytesToLive === undefined) return;
		this.#bytesToLive -= taken.length;
		if (this.#bytesToLive > 0) return;
		this.#bytesToLive = undefined;
		socket.resetAndDestroy();
	}
}
