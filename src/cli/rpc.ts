import { type Command, InvalidArgumentError } from "commander";
import { descriptions } from "../pos/describe-methods.ts";
import { withConfig } from "./config-option.ts";

export type RpcFlags = {
	readonly config: string;
	readonly socket?: string;
	readonly events?: true;
	readonly since?: number;
};

const methods = Object.entries(descriptions)
	.map(([name, { summary }]) => `  ${name.padEnd(16)}  ${summary}`)
	.join("\n");

const help = `
The daemon's answer is printed as JSON. What a method asks for, and what it
answers, is in the answer to rpc.discover (OpenRPC). What lasts as long as its
connection (scans.accept, scanner.pause) lasts as long as --events.

Methods:
${methods}

Examples:
  kassad rpc hello '{"client":"me"}'
  kassad rpc operation.get '{"orderId":"17"}'
  kassad rpc --events
  kassad rpc scans.accept --events --since 0`;

/** `rpc`: asks the running daemon what a POS program would ask. */
export function rpcCommand(program: Command): void {
	withConfig(program.command("rpc"), "file with the settings, which name the socket")
		.argument("[METHOD]", "one of those below")
		.argument("[JSON]", "its parameters by name, {} when left out", paramsIn)
		.description("ask the running daemon, as a POS program does")
		.option("--socket <PATH>", "the daemon's socket, whatever the settings say")
		.option("--events", "print each event as a line of JSON, until Ctrl-C")
		.option("--since <N>", "the events after this number first", seqIn)
		.addHelpText("after", help)
		.action(
			async (method: string | undefined, params: object | undefined, flags: RpcFlags, command: Command) => {
				if (method === undefined && !flags.events) command.error("error: expected a METHOD, or --events");
				if (flags.since !== undefined && !flags.events) command.error("error: --since needs --events");
				const { askByHand } = await import("./rpc-call.ts");
				await askByHand(method === undefined ? undefined : { method, params: params ?? {} }, flags);
			},
		);
}

function paramsIn(text: string): object {
	const value = jsonIn(text);
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw new InvalidArgumentError('Expected an object, such as {"orderId":"17"}.');
}

function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new InvalidArgumentError(`That is not JSON: ${error instanceof Error ? error.message : error}.`);
	}
}

function seqIn(text: string): number {
	if (/^\d{1,15}$/.test(text)) return Number(text);
	throw new InvalidArgumentError("Expected the number of an event, from 0.");
}
