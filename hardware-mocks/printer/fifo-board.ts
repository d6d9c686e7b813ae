import { execFileSync } from "node:child_process";
import { constants, existsSync, openSync, statSync } from "node:fs";
import { Socket } from "node:net";
import type { Board } from "./board.ts";
import type { Device } from "./device.ts";
import { Intake } from "./intake.ts";

/** A FIFO that is read to its end and beyond; nothing goes back through it. A FIFO that is not there is made. */
export class FifoBoard implements Board {
	readonly #path: string;
	readonly #intake: Intake;
	readonly #heard: (board: Board) => void;
	#pipe: Socket | undefined;

	constructor(device: Device, heard: (board: Board) => void, path: string) {
		this.#path = path;
		this.#heard = heard;
		this.#intake = new Intake(device, {
			pause: () => this.#pipe?.pause(),
			resume: () => this.#pipe?.resume(),
		});
		if (!existsSync(path)) execFileSync("mkfifo", [path]);
		if (!statSync(path).isFIFO()) throw new Error(`${path} is there already and no FIFO`);
		this.#open();
	}

	reply(): void {
		// No way leads back.
	}

	readOn(): void {
		this.#intake.drain();
	}

	read(isReading: boolean): void {
		this.#intake.read(isReading);
	}

	after(bytes: number, reached: () => void): void {
		this.#intake.after(bytes, reached);
	}

	async reset(): Promise<void> {
		await this.powerOff();
		this.#open();
	}

	async powerOff(): Promise<void> {
		this.#intake.forget();
		await this.close();
	}

	async powerOn(): Promise<void> {
		this.#open();
	}

	async close(): Promise<void> {
		const pipe = this.#pipe;
		this.#pipe = undefined;
		if (pipe === undefined) return;
		const closed = new Promise<void>((resolve) => {
			pipe.once("close", () => resolve());
		});
		pipe.destroy();
		await closed;
	}

	/** Opened for writing too: otherwise the end of the first writer would be the end of the FIFO. */
	#open(): void {
		const fd = openSync(this.#path, constants.O_RDWR | constants.O_NONBLOCK);
		const pipe = new Socket({ fd, readable: true, writable: false });
		this.#pipe = pipe;
		pipe.on("error", () => pipe.destroy());
		pipe.on("data", (chunk) => {
			this.#heard(this);
			this.#intake.take(chunk);
		});
	}
}
