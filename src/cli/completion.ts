import { join } from "node:path";
import { Argument, type Command } from "commander";
import { root } from "./config-option.ts";

const shells = ["bash", "zsh", "fish", "powershell"] as const;

type Shell = (typeof shells)[number];

const help = `
Commands, options, their choices and the names of files are completed at the Tab
key; kassad itself is not started for that. Where the word kassad is no command
yet, the script makes it one for this shell.

Examples:
  kassad completion bash > ~/.kassad-completion   # and in ~/.bashrc:
                                                  #   . ~/.kassad-completion
  kassad completion zsh > ~/.kassad-completion    # the same in ~/.zshrc
  kassad completion fish > ~/.config/fish/conf.d/kassad.fish
  kassad completion powershell >> $PROFILE`;

/** `completion`: writes a shell's script about this very command line. */
export function completionCommand(program: Command): void {
	program
		.command("completion")
		.description("write the script by which a shell completes these commands")
		.addArgument(new Argument("<SHELL>", "the shell").choices([...shells]))
		.addHelpText("after", help)
		.action(async (shell: Shell) => {
			const { spotsOf } = await import("./completion-tree.ts");
			const { bashScript, zshScript } = await import("./completion-posix.ts");
			const { fishScript, powershellScript } = await import("./completion-others.ts");
			const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript, powershell: powershellScript };
			const start = { node: process.execPath, cli: join(root, "src/cli.ts") };
			process.stdout.write(scripts[shell](spotsOf(program), start));
		});
}
