import type { Command, Help } from "commander";
import { type CommandFacts, commandFacts, commandGroups, usageOf } from "./commands.ts";
import { wrap } from "./wrap.ts";

/** A command that does something, and its words. */
export type Leaf = { readonly command: Command; readonly words: string };

/** Every command below this one that does something, in the order of the help. */
export function leavesOf(program: Command, before = ""): Leaf[] {
	return program.commands.flatMap((command) => {
		const words = `${before}${command.name()}`;
		return command.commands.length === 0 ? [{ command, words }] : leavesOf(command, `${words} `);
	});
}

/** Short names in the list of commands: the page of each says that it has options. */
export const helpStyle: Partial<Help> = {
	subcommandTerm: (command) =>
		[
			command.name(),
			...command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`)),
		].join(" "),
};

/**
 * What all commands have in common, once all are there: where they stand on the first page, examples and exit codes on
 * their own, and where to look after wrong usage.
 */
export function teachManners(program: Command): void {
	for (const { command, words } of leavesOf(program)) {
		const facts = commandFacts[words];
		command.showHelpAfterError(`\nkassad ${words} --help tells how it is used.`);
		if (facts !== undefined) command.addHelpText("after", afterwordOf(facts));
	}
	const order = Object.keys(commandGroups);
	const groupOf = (command: Command) =>
		Object.entries(commandFacts).find(([words]) => words.split(" ")[0] === command.name())?.[1].group ??
		"ask";
	// Their order is that of the headings, too.
	(program.commands as Command[]).sort(
		(one, other) => order.indexOf(groupOf(one)) - order.indexOf(groupOf(other)),
	);
	for (const command of program.commands) command.helpGroup(commandGroups[groupOf(command)]);
}

function afterwordOf(facts: CommandFacts): string {
	const { examples, ok, fault, faults } = facts;
	const codes = [
		line(0, ok),
		...(fault === undefined
			? []
			: [line(1, `${fault}${faults.length === 0 ? "" : ` (${faults.join(", ")})`}`)]),
		line(2, usageOf(facts)),
	];
	return [
		...(examples.length === 0 ? [] : ["", "Examples:", ...examples.map((words) => `  kassad ${words}`)]),
		"",
		"Exit codes:",
		...codes,
	].join("\n");
}

const line = (code: number, words: string): string => wrap(`${code}  ${words}`, 2, 5).join("\n");
