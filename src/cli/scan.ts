import type { Command } from "commander";
import { withConfig } from "./config-option.ts";

export type ScanFlags = { config: string; scanner?: string; quiet?: true };

/** `scan`: shows a technician what the scanners say and what kassad makes of it. */
export function scanCommand(program: Command): void {
	withConfig(program.command("scan"), "file with the settings")
		.description("show live what the scanners read; the daemon must be stopped")
		.option("--scanner <NAME>", "only this one")
		.option("--quiet", "without a tone for each read")
		.action(async (flags: ScanFlags) => {
			const { watchScanners } = await import("./scan-watch.ts");
			await watchScanners(flags);
		});
}
