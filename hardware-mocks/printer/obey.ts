import { barCommands } from "./bar-commands.ts";
import type { Command } from "./commands.ts";
import { deviceCommands } from "./device-commands.ts";
import { type Machine, typeByte } from "./machine.ts";
import { matrixCommands } from "./matrix-commands.ts";
import { pictureCommands } from "./picture-commands.ts";
import { type Deed, textCommands } from "./text-commands.ts";

const deeds: Readonly<Record<string, Deed>> = {
	...textCommands,
	...matrixCommands,
	...barCommands,
	...pictureCommands,
	...deviceCommands,
};

/** Does what a command says, or notes that no such command is known. */
export function obey(machine: Machine, { name, parameters, bytes }: Command): void {
	const deed = deeds[name];
	if (name === "text") typeByte(machine, bytes[0] ?? 0);
	else if (deed !== undefined) deed(machine, parameters[0] ?? 0, parameters, bytes);
	else machine.signals.mistake(`unknown command ${Buffer.from(bytes).toString("hex")} (${name})`);
}
