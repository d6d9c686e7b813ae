import type { Spot, Value } from "./completion-tree.ts";

/** What a shell needs to start kassad by one word, unless it can already. */
export type Start = { readonly node: string; readonly cli: string };

/** A word as bash, zsh and fish take it whole. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * A function for bash (3.2 or newer) that fills COMPREPLY; nothing but bash is run for it. `COMP_WORDS` splits at `=`
 * ("Programmable Completion" in bash's manual), so `--format=csv` comes as three words.
 */
export function bashScript(spots: readonly Spot[], start: Start): string {
	return `# What kassad understands, for bash. Made by: kassad completion bash
${startOf(start)}
_kassad() {
	local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words="" i word
	[[ $cur == "=" ]] && cur=""
	[[ $prev == "=" ]] && prev=\${COMP_WORDS[COMP_CWORD-2]}
	local at="" value=0 count=0 files=0
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=\${COMP_WORDS[i]}
		if ((value)); then
			[[ $word == "=" ]] || value=0
			continue
		fi
${walk(spots, "\t\t")}
	done
	case "$at/$prev" in
${valueCases(spots, "\t", (value) => (value.kind === "words" ? `words=${quoted(value.words.join(" "))}` : value.kind === "file" ? "files=1" : "return"))}
	*)
		case "$at//$count//$cur" in
${spots.map((spot) => bashSpot(spot)).join("\n")}
		esac ;;
	esac
	if ((files)); then
		IFS=$'\\n'
		compopt -o filenames 2>/dev/null
		COMPREPLY=($(compgen -f -- "$cur"))
	else
		COMPREPLY=($(compgen -W "$words" -- "$cur"))
	fi
}
complete -F _kassad kassad
`;
}

/** A word that begins with a dash is an option; else a command, or the first argument. */
function bashSpot({ at, commands, options, argument }: Spot): string {
	const flags = options.map(({ flag }) => flag);
	const names = commands.map(({ name }) => name);
	const first = argument?.kind === "words" ? argument.words : names;
	const lines = [`"${at}//"*"//-"*) words=${quoted(flags.join(" "))} ;;`];
	if (argument?.kind === "file") lines.push(`"${at}//0//"*) files=1 ;;`);
	if (first.length > 0) lines.push(`"${at}//0//"*) words=${quoted(first.join(" "))} ;;`);
	lines.push(`"${at}//"*) words=${quoted(flags.join(" "))} ;;`);
	return lines.map((line) => `\t\t${line}`).join("\n");
}

/** A function for zsh, with what each word does beside it. */
export function zshScript(spots: readonly Spot[], start: Start): string {
	return `#compdef kassad
# What kassad understands, for zsh. Made by: kassad completion zsh
${startOf(start)}
_kassad() {
	local at="" word prev=\${words[CURRENT-1]} cur=\${words[CURRENT]}
	local -i i value=0 count=0
	local -a list
	for ((i = 2; i < CURRENT; i++)); do
		word=\${words[i]}
		if ((value)); then
			value=0
			continue
		fi
${walk(spots, "\t\t")}
	done
	case "$at/$prev" in
${valueCases(spots, "\t", (value) => (value.kind === "words" ? `compadd -- ${value.words.map(quoted).join(" ")}` : value.kind === "file" ? "_files" : "return 1"))}
	*)
		case "$at//$count//$cur" in
${spots.map((spot) => zshSpot(spot)).join("\n")}
		esac ;;
	esac
}
(($+functions[compdef])) || { autoload -Uz compinit && compinit; }
compdef _kassad kassad
`;
}

function zshSpot({ at, commands, options, argument }: Spot): string {
	const list = (facts: readonly { readonly name: string; readonly about: string }[]) =>
		`list=(${facts.map(({ name, about }) => quoted(`${name.replaceAll(":", "\\:")}:${about}`)).join(" ")})`;
	const flags = list(options.map(({ flag, about }) => ({ name: flag, about })));
	const lines = [`"${at}//"*"//-"*) ${flags} && _describe option list ;;`];
	if (argument?.kind === "file") lines.push(`"${at}//0//"*) _files ;;`);
	if (argument?.kind === "words")
		lines.push(`"${at}//0//"*) compadd -- ${argument.words.map(quoted).join(" ")} ;;`);
	if (commands.length > 0) lines.push(`"${at}//0//"*) ${list(commands)} && _describe command list ;;`);
	lines.push(`"${at}//"*) ${flags} && _describe option list ;;`);
	return lines.map((line) => `\t\t${line}`).join("\n");
}

/** Goes over what has been typed: to which command it has led, and whether a value of an option is next. */
function walk(spots: readonly Spot[], indent: string): string {
	const lines = spots.flatMap(({ at, commands, options }) => [
		...commands.map(({ name }) => `"${at}/${name}") at=${quoted(at === "" ? name : `${at} ${name}`)} ;;`),
		...options.flatMap(({ flag, value }) => (value === undefined ? [] : [`"${at}/${flag}") value=1 ;;`])),
	]);
	return ['case "$at/$word" in', ...lines, '*"/-"*) ;;', "*) count=$((count + 1)) ;;", "esac"]
		.map((line) => `${indent}${line}`)
		.join("\n");
}

function valueCases(spots: readonly Spot[], indent: string, deed: (value: Value) => string): string {
	return spots
		.flatMap(({ at, options }) =>
			options.flatMap(({ flag, value }) => (value ? [`${indent}"${at}/${flag}") ${deed(value)} ;;`] : [])),
		)
		.join("\n");
}

const startOf = ({ node, cli }: Start): string =>
	`command -v kassad >/dev/null 2>&1 || kassad() { ${quoted(node)} ${quoted(cli)} "$@"; }`;
