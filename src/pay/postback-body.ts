import type { IncomingMessage } from "node:http";

/**
 * Reads a body whole; the connection's own deadline ends a sender that dawdles.
 * @returns "too-long" as soon as it has more than `mostBytes`, "broken-off" when the sender has gone.
 */
export function readBody(
	request: IncomingMessage,
	mostBytes: number,
): Promise<Buffer | "too-long" | "broken-off"> {
	const chunks: Buffer[] = [];
	let size = 0;
	return new Promise((resolve) => {
		request.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size <= mostBytes) {
				chunks.push(chunk);
				return;
			}
			request.pause();
			resolve("too-long");
		});
		request.once("end", () => resolve(Buffer.concat(chunks)));
		request.on("error", () => resolve("broken-off"));
	});
}
