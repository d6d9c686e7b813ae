import { Command, Option } from "commander";
import { play } from "./demo/play.ts";
import { type ScenarioName, scenarios } from "./demo/scenarios.ts";
import { showPerformance, stepTeller } from "./demo/show.ts";
import { setStage } from "./demo/stage.ts";

const names = Object.keys(scenarios) as ScenarioName[];

const program = new Command("demo")
	.description("One scan becomes one slip: three mocks, the real daemon in its own process, a POS client.")
	.addOption(new Option("--scenario <name>", "which story").choices(names).default("accepted"))
	.option("--json", "print one JSON object instead of the story")
	.addHelpText(
		"after",
		`\nScenarios:\n${names.map((name) => `  ${name.padEnd(12)} ${scenarios[name].title}`).join("\n")}`,
	)
	.parse();

const { scenario: name, json = false } = program.opts<{ scenario: ScenarioName; json?: boolean }>();

const tell = json ? () => undefined : stepTeller(process.stdout);
if (!json) process.stdout.write(`${scenarios[name].title}\n\n`);
const stage = await setStage(scenarios[name], tell);
try {
	const { receipt, ...facts } = await play(stage, name, tell);
	if (json) process.stdout.write(`${JSON.stringify(facts, null, "\t")}\n`);
	else showPerformance({ receipt, ...facts }, process.stdout);
} finally {
	await stage.strike();
}
