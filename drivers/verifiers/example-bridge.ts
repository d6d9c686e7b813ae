import { createInterface } from "node:readline";
import { ExampleLibrary, type Parameters } from "./example-library.ts";

/*
 * A wrapper program by the protocol of README.md: reads calls from its standard input, one JSON object per line,
 * answers each on its standard output, and ends when its input does. To wrap the vendor's library, keep this file
 * and put the library in the place of ExampleLibrary.
 *
 *     node drivers/verifiers/example-bridge.ts
 */
type Call = {
	readonly id: number;
	readonly method: string;
	readonly params: Parameters & { readonly fullBarcode: string };
};

let library: ExampleLibrary | undefined;

for await (const line of createInterface({ input: process.stdin })) {
	const { id, method, params }: Call = JSON.parse(line);
	process.stdout.write(`${JSON.stringify({ id, ...answer(method, params) })}\n`);
}

/** Words without digits: kassad shows them to the technician, and nothing of a card may be in them. */
function answer(method: string, params: Call["params"]): { result: object } | { error: { code: string } } {
	if (method === "init") {
		library = new ExampleLibrary(params);
		return { result: {} };
	}
	if (library === undefined) return { error: { code: "NOT_INITIALISED" } };
	if (method === "barcodeVerify") return { result: library.barcodeVerify(params.fullBarcode, Date.now()) };
	if (method === "getToken") return { result: { token: library.getToken(Date.now()) } };
	return { error: { code: "UNKNOWN_METHOD" } };
}
