import { lastValueFrom, toArray } from "rxjs";
import { scannerDrivers } from "../../drivers/index.ts";
import { readSmallFile } from "../config/file.ts";
import { FaultError } from "../model/fault.ts";
import { compileLayouts, type Layouts } from "../scan/layouts.ts";
import { parseRecording } from "../scan/recording.ts";
import { played$ } from "../scan/recording-play.ts";
import { mostRecordingBytes } from "../scan/recording-schema.ts";
import { driverOf, usualPictures } from "../scanners/scanners.ts";
import type { ReplayFlags } from "./replay.ts";
import { differences, playedTable } from "./replay-table.ts";
import { readScanSettings } from "./scan-settings.ts";

/**
 * Plays a recording and shows what came of it. When that is not what the recording says, the exit code is 1.
 * @throws {FaultError} `config-invalid` when it is no recording, or of a family that there is not.
 */
export async function replay(file: string, { config, speed }: ReplayFlags): Promise<void> {
	const recording = parseRecording(readSmallFile(file, mostRecordingBytes).text, file);
	const { header } = recording;
	const driver = driverOf(scannerDrivers, header.driver);
	const { layouts, mostPictureBytes } = settingsOf(config);
	const played = await lastValueFrom(played$(recording, driver, { speed, mostPictureBytes }).pipe(toArray()));
	process.stdout.write(`${header.title} (${header.driver})\n${playedTable(played, layouts)}\n`);
	const { expected } = header;
	if (expected === undefined) return;
	const wrong = differences(played, expected);
	process.stdout.write(`${wrong.length === 0 ? "All as the recording says." : wrong.join("\n")}\n`);
	if (wrong.length > 0) process.exitCode = 1;
}

/** A recording can be looked at without settings: then no card is known, and none is in it. */
function settingsOf(config: string): { readonly layouts: Layouts; readonly mostPictureBytes: number } {
	try {
		const { brands, scans } = readScanSettings(config);
		const layouts = compileLayouts(brands.map((brand) => ({ ...brand, passLength: brand.totp.passLength })));
		return { layouts, mostPictureBytes: scans.pictures.mostBytes };
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		process.stderr.write(`No card is known: ${error.detail}\n`);
		return { layouts: new Map(), mostPictureBytes: usualPictures.mostBytes };
	}
}
