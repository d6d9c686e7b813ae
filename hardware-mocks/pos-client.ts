import { stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import { connectPos } from "../src/client/pos-client.ts";
import { PosError } from "../src/client/pos-error.ts";

const help = `Sends one request to kassad and prints the answer.

  node hardware-mocks/pos-client.ts --socket PATH METHOD [JSON]

  --socket PATH   kassad's socket, as in the configuration (socket.path)
  --help          this text

METHOD is any that the daemon has, such as hello, pay.start or operation.get; rpc.discover names them all.
After events.subscribe every event is printed until Ctrl-C, after scans.accept every scan that is offered, and
scanner.pause lasts as long.

  node hardware-mocks/pos-client.ts --socket /run/kassad/kassad.sock hello '{"client":"me"}'
  node hardware-mocks/pos-client.ts --socket /run/kassad/kassad.sock events.subscribe '{"since":0}'
  node hardware-mocks/pos-client.ts --socket /run/kassad/kassad.sock refund.start '{"key":"return-3","orderId":"17"}'
`;

/** What these ask for ends with the connection. */
const lasting: ReadonlySet<string> = new Set(["events.subscribe", "scans.accept", "scanner.pause"]);

type Command = { readonly socket: string; readonly method: string; readonly params: object };

/** Undefined when the command line asks for help; rejects when it is wrong. */
async function readCommand(args: string[]): Promise<Command | undefined> {
	const options = { socket: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
	const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
	if (values.help) return undefined;
	const [method, params = "{}", ...more] = positionals;
	if (values.socket === undefined || method === undefined || more.length > 0) {
		throw new Error("expected --socket PATH METHOD [JSON]; --help tells more");
	}
	return { socket: values.socket, method, params: JSON.parse(params) };
}

/** Returns false when kassad refuses. */
async function ask({ socket, method, params }: Command): Promise<boolean> {
	const client = await connectPos(socket);
	const print = (value: unknown) => stdout.write(`${JSON.stringify(value, null, 2)}\n`);
	client.unasked$.subscribe((said) => print(said.params));
	try {
		print(await client.ask(method, params));
		if (lasting.has(method)) await client.closed;
		return true;
	} catch (error) {
		if (!(error instanceof PosError)) throw error;
		const { fault, moneyMoved, cashier, detail } = error.data;
		print({ code: error.code, fault, moneyMoved, cashier, detail });
		return false;
	} finally {
		await client.close();
	}
}

/** Returns the exit code: 0, 1 when kassad refuses or is not there, 2 when the command line is wrong. */
async function main(args: string[]): Promise<number> {
	const fail = (code: number) => (error: Error) => {
		stderr.write(`${error.message}\n`);
		return code;
	};
	const command = await readCommand(args).catch(fail(2));
	if (typeof command === "number") return command;
	if (command === undefined) {
		stdout.write(help);
		return 0;
	}
	return ask(command).then((obeyed) => (obeyed ? 0 : 1), fail(1));
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
