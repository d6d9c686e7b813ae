import { expect, test } from "vitest";
import { hint } from "../../src/print/hint.ts";
import { epson, keptLog } from "./printing-kit.ts";

function hintsOf(model: string | undefined) {
	const { log, lines } = keptLog();
	hint("receipt", epson, model === undefined ? {} : { maker: "EPSON", model }, log);
	return lines;
}

test("a printer that calls itself as its driver is called is nothing to write down", () => {
	expect(hintsOf("TM-T20III")).toEqual([]);
	expect(hintsOf("tm t20iii")).toEqual([]);
	expect(hintsOf(undefined)).toEqual([]);
});

test("another name is written down for the technician", () => {
	expect(hintsOf("TM-T88V")).toEqual([
		{
			facts: { printer: "receipt", driver: "epson-tm-t20iii", maker: "EPSON", model: "TM-T88V" },
			message: "the printer calls itself another model",
		},
	]);
});
