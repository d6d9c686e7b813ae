import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Board } from "./board.ts";
import type { Device } from "./device.ts";
import { Intake } from "./intake.ts";

/** The printer's end of TCP: one connection is served, others wait until it is gone. */
export class NetworkBoard implements Board {
	readonly host: string;
	readonly #line: Socket[] = [];
	readonly #intake: Intake;
	readonly #heard: (board: Board) => void;
	#server: Server;
	#port: number;

	private constructor(device: Device, heard: (board: Board) => void, host: string, port: number) {
		this.#heard = heard;
		this.host = host;
		this.#port = port;
		this.#server = this.#newServer();
		this.#intake = new Intake(device, {
			pause: () => this.#line[0]?.pause(),
			resume: () => this.#line[0]?.resume(),
		});
	}

	/**
	 * Listens on a port, 0 for any free one.
	 * @param heard is called when bytes have come.
	 */
	static async open(device: Device, heard: (board: Board) => void, host: string, port: number) {
		const board = new NetworkBoard(device, heard, host, port);
		await board.#listen();
		return board;
	}

	get port(): number {
		return this.#port;
	}

	reply(bytes: Uint8Array): void {
		const served = this.#line[0];
		if (served?.writable === true) served.write(bytes);
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
		this.#intake.forget();
		this.#line[0]?.resetAndDestroy();
	}

	async powerOff(): Promise<void> {
		const closed = this.close();
		this.#intake.forget();
		await closed;
	}

	async powerOn(): Promise<void> {
		this.#server = this.#newServer();
		await this.#listen();
	}

	async close(): Promise<void> {
		if (!this.#server.listening) return;
		this.#server.close();
		for (const socket of [...this.#line]) socket.destroy();
		await once(this.#server, "close");
	}

	async #listen(): Promise<void> {
		this.#server.listen(this.#port, this.host);
		await once(this.#server, "listening");
		this.#port = (this.#server.address() as AddressInfo).port;
	}

	#newServer(): Server {
		return createServer((socket) => this.#accept(socket));
	}

	#accept(socket: Socket): void {
		socket.setNoDelay(true);
		socket.pause();
		this.#line.push(socket);
		// A client that vanishes is everyday life for a printer; "close" follows.
		socket.on("error", () => socket.destroy());
		socket.on("data", (chunk) => {
			this.#heard(this);
			this.#intake.take(chunk);
		});
		socket.on("close", () => {
			this.#line.splice(this.#line.indexOf(socket), 1);
			this.readOn();
		});
		this.readOn();
	}
}
