import { readFileSync } from "node:fs";
import { Command } from "commander";
import { plugScanner } from "./scanner.ts";

/** What a scanner said at once, as it stands in a recording; of a HID device one report. */
export type SaidPiece = { readonly atMs: number; readonly bytes: Uint8Array };

/**
 * What the scanner said in a recording (hardware-mocks/recordings). That the file is in order is for `kassad replay`
 * to find.
 */
export function saidIn(file: string): SaidPiece[] {
	const [, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
	return lines
		.map((line): { atMs: number; from: string; hex: string } => JSON.parse(line))
		.filter(({ from }) => from === "scanner")
		.map(({ atMs, hex }) => ({ atMs, bytes: new Uint8Array(Buffer.from(hex, "hex")) }));
}

/**
 * Says it again: into a pty (`send` of `plugScanner` or of any cable), or into a HID device that is not there
 * (`HidDeviceMock.send`, each piece one report). Resolves when all is sent.
 * @param speed 1 is as it was, 2 twice as fast; Infinity without any pause.
 */
export async function sayAgain(
	pieces: readonly SaidPiece[],
	send: (bytes: Uint8Array) => Promise<void> | void,
	speed = 1,
): Promise<void> {
	let last = 0;
	for (const { atMs, bytes } of pieces) {
		const pauseMs = (atMs - last) / speed;
		last = atMs;
		if (pauseMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, pauseMs));
		await send(bytes);
	}
}

const help = `
Plays the recording of a serial scanner each time Enter is pressed, until the end of the input.`;

/** A recorded serial scanner as a program of its own. */
async function runRecording(file: string, link: string): Promise<void> {
	const pieces = saidIn(file);
	const scanner = plugScanner(link);
	process.stdout.write(`A recorded scanner is plugged in at ${link}. Enter plays it.\n`);
	for await (const _ of process.stdin) {
		await sayAgain(pieces, scanner.send);
		process.stdout.write("played\n");
	}
	await scanner.close();
}

if (import.meta.main) {
	await new Command("replay")
		.description("a scanner on a serial line that says what another one said")
		.argument("<FILE>", "a recording")
		.requiredOption("--link <PATH>", "the symbolic link that kassad opens")
		.addHelpText("after", help)
		.action(async (file: string, { link }: { link: string }) => {
			await runRecording(file, link);
		})
		.parseAsync();
}
