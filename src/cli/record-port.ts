import { tap } from "rxjs";
import type { Gone, Port } from "../model/device.ts";
import { heard$, type Language } from "../scan/heard.ts";
import type { Piece } from "../scan/recording.ts";

/** How far a recording is. */
export type RecordedSoFar = {
	readonly pieces: number;
	readonly bytes: number;
	/** Codes and pictures that were understood. */
	readonly reads: number;
	readonly seconds: number;
};

/** Why a recording ended; by itself when its scanner is gone. */
export type RecordedEnd = "stopped" | "full" | Gone;

/** A file holds 4 MiB: two digits for each byte, and what stands around each piece. */
const mostFileBytes = 4_100_000;
const aroundPiece = 64;

/**
 * Takes down what comes through a port until `stop`, until the port is gone, or until a file would be full. The
 * scanner is answered in its language meanwhile, as the daemon would: many send no second read without it.
 * @param tell is called whenever something has come.
 */
export async function recordPort(
	port: Port,
	language: Language,
	stop: AbortSignal,
	tell: (soFar: RecordedSoFar) => void,
): Promise<{ readonly pieces: readonly Piece[]; readonly end: RecordedEnd }> {
	const tape = openTape(tell);
	const ear = {
		...port,
		bytes$: port.bytes$.pipe(tap((piece) => tape.take("scanner", piece))),
		write: (piece: Uint8Array) => {
			tape.take("host", piece);
			return port.write(piece);
		},
	};
	const hearing = heard$(language, ear).subscribe((cut) => {
		if (cut.kind !== "discarded") tape.understood();
	});
	const stopped = new Promise<"stopped">((resolve) => {
		stop.addEventListener("abort", () => resolve("stopped"), { once: true });
		if (stop.aborted) resolve("stopped");
	});
	const end = await Promise.race([stopped, tape.full, port.gone]);
	hearing.unsubscribe();
	return { pieces: tape.pieces, end };
}

/** Keeps what is taken until a file of it would be full. */
function openTape(tell: (soFar: RecordedSoFar) => void) {
	const start = performance.now();
	const pieces: Piece[] = [];
	const { promise: full, resolve: tellFull } = Promise.withResolvers<"full">();
	let [reads, bytes, fileBytes] = [0, 0, 0];
	const tellSoFar = () =>
		tell({ pieces: pieces.length, bytes, reads, seconds: (performance.now() - start) / 1_000 });
	return {
		pieces,
		full,
		take: (from: Piece["from"], piece: Uint8Array) => {
			fileBytes += 2 * piece.length + aroundPiece;
			if (fileBytes > mostFileBytes) {
				tellFull("full");
				return;
			}
			pieces.push({ atMs: Math.round(performance.now() - start), from, bytes: piece });
			if (from === "scanner") bytes += piece.length;
			tellSoFar();
		},
		understood: () => {
			reads += 1;
			tellSoFar();
		},
	};
}
