import { type Command, InvalidArgumentError } from "commander";
import { lastValueFrom, toArray } from "rxjs";
import { scannerDrivers } from "../../drivers/index.ts";
import { readSmallFile } from "../config/file.ts";
import { FaultError } from "../model/fault.ts";
import { compileLayouts, type Layouts } from "../scan/layouts.ts";
import { parseRecording } from "../scan/recording.ts";
import { played$ } from "../scan/recording-play.ts";
import { mostRecordingBytes } from "../scan/recording-schema.ts";
import { driverOf } from "../scanners/scanners.ts";
import { withConfig } from "./config-option.ts";
import { differences, playedTable } from "./replay-table.ts";
import { readScanSettings } from "./scan-settings.ts";

type Flags = { config: string; speed: number };

/** `replay`: plays a recording through the language of its driver and shows what a till would have got. */
export function replayCommand(program: Command): void {
	withConfig(program.command("replay <FILE>"), "file with the settings, for what a card looks like")
		.description("play a recorded scanner and show what came of it")
		.option("--speed <N>", "so many times faster than it was", speedIn, 1)
		.action(async (file: string, flags: Flags) => {
			await replay(file, flags);
		});
}

async function replay(file: string, { config, speed }: Flags): Promise<void> {
	const recording = parseRecording(readSmallFile(file, mostRecordingBytes).text, file);
	const { header } = recording;
	const played = await lastValueFrom(
		played$(recording, driverOf(scannerDrivers, header.driver), { speed }).pipe(toArray()),
	);
	process.stdout.write(`${header.title} (${header.driver})\n${playedTable(played, layoutsOf(config))}\n`);
	const { expected } = header;
	if (expected === undefined) return;
	const wrong = differences(played, expected);
	process.stdout.write(`${wrong.length === 0 ? "All as the recording says." : wrong.join("\n")}\n`);
	if (wrong.length > 0) process.exitCode = 1;
}

/** A recording can be looked at without settings: then no card is known, and none is in it. */
function layoutsOf(config: string): Layouts {
	try {
		const { brands } = readScanSettings(config);
		return compileLayouts(brands.map((brand) => ({ ...brand, passLength: brand.totp.passLength })));
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		process.stderr.write(`No card is known: ${error.detail}\n`);
		return new Map();
	}
}

function speedIn(text: string): number {
	if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
	throw new InvalidArgumentError("Expected a whole number from 1 to 9999.");
}
