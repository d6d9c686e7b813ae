import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { firstValueFrom } from "rxjs";
import { onTestFinished } from "vitest";
import {
	type MockPrinter,
	type PrintedReceipt,
	type PrinterOptions,
	startPrinter,
} from "../../../hardware-mocks/printer.ts";

/** The till's end of a printer: real TCP. */
export type Till = {
	readonly printer: MockPrinter;
	readonly socket: Socket;
	/** Sends pieces one after another. */
	send(...pieces: Uint8Array[]): void;
	/** The next so many bytes that the printer answers. */
	answer(bytes: number): Promise<Buffer>;
	/** Sends, and waits until the printer gives out a receipt. */
	print(...pieces: Uint8Array[]): Promise<PrintedReceipt>;
	/** Everything sent so far has been received: the printer answers in real time. */
	settled(): Promise<void>;
	/** Resolves when the connection has ended, by whomever. */
	readonly ended: Promise<void>;
};

/** A printer and a connection to it, both ended with the test. */
export async function connectTill(options: Partial<PrinterOptions> = {}): Promise<Till> {
	const printer = await startPrinter({ dots: 576, ...options });
	const socket = await connectTo(printer);
	onTestFinished(() => printer.close());
	let received = Buffer.alloc(0);
	socket.on("data", (chunk) => {
		received = Buffer.concat([received, chunk]);
	});
	const send = (...pieces: Uint8Array[]) => {
		for (const piece of pieces) socket.write(piece);
	};
	const answer = async (bytes: number) => {
		while (received.length < bytes) await once(socket, "data");
		const taken = received.subarray(0, bytes);
		received = received.subarray(bytes);
		return taken;
	};
	const ended = new Promise<void>((resolve) => {
		socket.once("close", () => resolve());
	});
	return {
		printer,
		ended,
		socket,
		send,
		answer,
		print: async (...pieces) => {
			const receipt = firstValueFrom(printer.receipt$);
			send(...pieces);
			return await receipt;
		},
		settled: async () => {
			send(Buffer.of(0x10, 0x04, 0x01));
			await answer(1);
		},
	};
}

export async function connectTo(printer: MockPrinter): Promise<Socket> {
	const socket = connect(printer.port, printer.host);
	socket.on("error", () => socket.destroy());
	await once(socket, "connect");
	onTestFinished(() => {
		socket.destroy();
	});
	return socket;
}
