import type { Command } from "commander";
import { withConfig } from "./config-option.ts";
import type { SendFlags } from "./send-stores.ts";

/** `stores add`, `stores update` and `stores list`. */
export function storesCommands(program: Command): void {
	const stores = program
		.command("stores")
		.description("keep Koshelek's list of the chain's stores: stores add, update, list")
		.helpCommand(false);
	const words = { add: "add the stores of a CSV or YAML file", update: "change them to what the file says" };
	for (const call of ["add", "update"] as const) {
		withConfig(stores.command(`${call} <FILE>`), "file with the settings")
			.description(words[call])
			.option("--dry-run", "check the file, show what would be sent, and send nothing")
			.option("--yes", "do not ask before sending")
			.option("--json", "report for a program, on the standard output")
			.action(async (file: string, flags: SendFlags, command: Command) => {
				const { sendFile } = await import("./send-stores.ts");
				await sendFile(call, file, flags, command);
			});
	}
	withConfig(stores.command("list"), "file with the settings")
		.description("show the stores that the server knows")
		.option("--json", "all that the server tells, for a program")
		.action(async ({ config, json }: { config: string; json?: true }) => {
			const { listStores } = await import("./list-stores.ts");
			await listStores(config, json === true);
		});
}
