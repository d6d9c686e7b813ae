import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stdout } from "node:process";
import { Command } from "commander";
import { stringify } from "yaml";
import { pointedAt } from "./demo/settings.ts";

type Options = {
	readonly key: string;
	readonly printer: string;
	readonly payApi: string;
	readonly login: string;
	readonly password: string;
};

const program = new Command("settings.ts")
	.description("Writes a kassad.yaml for a till whose hardware is the programs of this folder.")
	.argument("<folder>", "where it goes, with its secrets; journal and socket will be there, too")
	.option("--key <hex>", "the brand's secret, as the scanner has it", "00112233445566778899aabbccddeeff")
	.option("--printer <host:port>", "where the printer listens", "127.0.0.1:9100")
	.option("--pay-api <url>", "where the Pay API is", "https://localhost:8443/shop")
	.option("--login <name>", "its login", "till")
	.option("--password <text>", "its password", "secret")
	.parse();
const { key, printer, payApi, login, password } = program.opts<Options>();
const folder = resolve(program.args[0] ?? ".");
const [host = "", port = ""] = printer.split(/:(?=\d+$)/);

mkdirSync(folder, { recursive: true });
const onlyOwner = { mode: 0o600 };
writeFileSync(join(folder, "pay.password"), password, onlyOwner);
writeFileSync(join(folder, "brand.key"), key, onlyOwner);
const settings = pointedAt({
	scanner: join(folder, "scanner"),
	printer: { host, port: Number(port) },
	payApi: { url: payApi, login, caFile: "pay-api-ca.pem" },
	secrets: { password: { file: "pay.password" }, brandKey: { file: "brand.key" } },
	journal: "journal",
	socket: "kassad.sock",
});
writeFileSync(join(folder, "kassad.yaml"), stringify(settings), onlyOwner);
stdout.write(`Written: ${join(folder, "kassad.yaml")}\n`);
