import type { Argument, Command, Option } from "commander";
import { scannerDrivers } from "../../drivers/index.ts";
import { setupSheets } from "../../drivers/scanners/setup-codes.ts";
import { documentHoles } from "../model/settings/document-holes.ts";
import { descriptions } from "../pos/describe-methods.ts";

/** What may stand somewhere: the name of a file, one of some words, or what no shell can know. */
export type Value =
	| { readonly kind: "file" }
	| { readonly kind: "words"; readonly words: readonly string[] }
	| { readonly kind: "free" };

/** What may come next once these words of a command have been typed. */
export type Spot = {
	/** `""` behind `kassad` itself, `print preview` for a command below another. */
	readonly at: string;
	readonly commands: readonly { readonly name: string; readonly about: string }[];
	/** Without a value an option stands for itself. */
	readonly options: readonly { readonly flag: string; readonly about: string; readonly value?: Value }[];
	/** Of the command's first argument. */
	readonly argument?: Value;
};

/** Arguments and option values whose words the command checks by itself. */
const known: Readonly<Record<string, readonly string[]>> = {
	METHOD: Object.keys(descriptions),
	DOCUMENT: Object.keys(documentHoles),
	DRIVER: Object.keys(scannerDrivers),
	FAMILY: Object.keys(setupSheets),
};

/** Everything that can be typed behind `kassad`, as the command line itself knows it. */
export function spotsOf(command: Command, at = ""): Spot[] {
	const below = command.commands.map((one) => ({ one, name: one.name() }));
	const [first] = command.registeredArguments;
	const spot: Spot = {
		at,
		commands: below.map(({ one, name }) => ({ name, about: one.description() })),
		options: command.createHelp().visibleOptions(command).map(optionOf),
		...(first && { argument: expectedAt(first.name(), first.argChoices) }),
	};
	return [spot, ...below.flatMap(({ one, name }) => spotsOf(one, at === "" ? name : `${at} ${name}`))];
}

function optionOf({
	long,
	flags,
	description,
	required,
	optional,
	argChoices,
}: Option): Spot["options"][number] {
	const takesValue = required || optional;
	const name = /[<[]([^>\]]+)/.exec(flags)?.[1] ?? "";
	return {
		flag: long ?? flags,
		about: description,
		...(takesValue && { value: expectedAt(name, argChoices) }),
	};
}

function expectedAt(name: string, choices: Argument["argChoices"]): Value {
	const words = choices ?? known[name];
	if (words !== undefined) return { kind: "words", words };
	return /FILE|FOLDER|PATH/.test(name) ? { kind: "file" } : { kind: "free" };
}
