import type { Command } from "commander";
import { withConfig } from "./config-option.ts";

/** `devices`. */
export function devicesCommand(program: Command): void {
	withConfig(program.command("devices"), "file with the settings")
		.description("show what is plugged in, what kassad does with it and why")
		.option("--json", "all that is known, for a program")
		.option("--udev", "print the udev rules for the scanners and printers that kassad knows")
		.action(async ({ config, json, udev }: { config: string; json?: true; udev?: true }) => {
			if (udev === true) {
				const { printRules } = await import("./print-rules.ts");
				printRules();
				return;
			}
			const { listDevices } = await import("./list-devices.ts");
			await listDevices(config, json === true);
		});
}
