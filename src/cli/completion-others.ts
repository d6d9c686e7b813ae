import type { Start } from "./completion-posix.ts";
import type { Spot, Value } from "./completion-tree.ts";

/** In fish only these two are not literal between single quotes ("Quotes" in fish's manual). */
const fishQuoted = (word: string): string => `'${word.replace(/[\\']/g, "\\$&")}'`;

/** Completions for fish (3.1 or newer). */
export function fishScript(spots: readonly Spot[], { node, cli }: Start): string {
	const cases = spots.flatMap(({ at, commands, options }) => [
		...commands.map(
			({ name }) => `case ${fishQuoted(`${at}/${name}`)}; set at ${fishQuoted(`${at} ${name}`.trim())}`,
		),
		...options.flatMap(({ flag, value }) =>
			value ? [`case ${fishQuoted(`${at}/${flag}`)}; set value 1`] : [],
		),
	]);
	return `# What kassad understands, for fish. Made by: kassad completion fish
type -q kassad; or function kassad; ${fishQuoted(node)} ${fishQuoted(cli)} $argv; end
function __kassad_at
	set -l at ''
	set -l value 0
	set -l count 0
	for word in (commandline -opc)[2..-1]
		if test $value = 1
			set value 0
			continue
		end
		switch "$at/$word"
${cases.map((line) => `\t\t\t${line}`).join("\n")}
			case '*/-*'
			case '*'; set count (math $count + 1)
		end
	end
	test "$at" = "$argv[1]"; and test $count -le "$argv[2]"
end
complete -c kassad -e
complete -c kassad -f
${spots.flatMap(fishLines).join("\n")}
`;
}

function fishLines({ at, commands, options, argument }: Spot): string[] {
	const when = (most: number) =>
		`complete -c kassad -n ${fishQuoted(`__kassad_at ${fishQuoted(at)} ${most}`)}`;
	const values = (value: Value | undefined, flag: "-r" | "") => {
		if (value === undefined) return "";
		if (value.kind === "words") return ` ${flag && "-x "}-a ${fishQuoted(value.words.join(" "))}`;
		return value.kind === "file" ? ` ${flag && "-r "}-F` : ` ${flag && "-x"}`;
	};
	return [
		...commands.map(({ name, about }) => `${when(0)} -a ${name} -d ${fishQuoted(about)}`),
		...(argument === undefined || argument.kind === "free" ? [] : [`${when(0)}${values(argument, "")}`]),
		...options.map(
			({ flag, about, value }) =>
				`${when(99)} -l ${flag.replace(/^--/, "")}${values(value, "-r")} -d ${fishQuoted(about)}`,
		),
	];
}

const powerQuoted = (word: string): string => `'${word.replaceAll("'", "''")}'`;

/** A completer for PowerShell (5.1 or newer). Where a file's name is expected PowerShell completes it by itself. */
export function powershellScript(spots: readonly Spot[], { node, cli }: Start): string {
	const list = (words: readonly string[]) => `@(${words.map(powerQuoted).join(", ")})`;
	const table = spots.map(({ at, commands, options, argument }) => {
		const values = options.flatMap(({ flag, value }) =>
			value ? [`${powerQuoted(flag)} = ${list(value.kind === "words" ? value.words : [])}`] : [],
		);
		const first = argument?.kind === "words" ? argument.words : commands.map(({ name }) => name);
		const flags = options.map(({ flag }) => flag);
		return `\t${powerQuoted(at)} = @{ First = ${list(first)}; Flags = ${list(flags)}; Values = @{ ${values.join("; ")} } }`;
	});
	return `# What kassad understands, for PowerShell. Made by: kassad completion powershell
if (-not (Get-Command kassad -ErrorAction SilentlyContinue)) {
	function global:kassad { & ${powerQuoted(node)} ${powerQuoted(cli)} @args }
}
$global:KassadSpots = @{
${table.join("\n")}
}
Register-ArgumentCompleter -Native -CommandName kassad -ScriptBlock {
	param($wordToComplete, $commandAst, $cursorPosition)
	$typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | Select-Object -Skip 1 | ForEach-Object { "$_" })
	$at = ''; $count = 0; $valueOf = $null
	foreach ($word in $typed) {
		$spot = $global:KassadSpots[$at]
		if ($null -ne $valueOf) { $valueOf = $null; continue }
		$next = "$at $word".Trim()
		if ($global:KassadSpots.ContainsKey($next)) { $at = $next }
		elseif ($spot.Values.ContainsKey($word)) { $valueOf = $word }
		elseif (-not $word.StartsWith('-')) { $count++ }
	}
	$spot = $global:KassadSpots[$at]
	$words = if ($null -ne $valueOf) { $spot.Values[$valueOf] }
		elseif ($wordToComplete.StartsWith('-')) { $spot.Flags }
		elseif ($count -eq 0 -and $spot.First.Count -gt 0) { $spot.First }
		else { @() }
	$words | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {
		[System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
	}
}
`;
}
