import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { exitCodeOfFault, explained } from "../../src/cli/exit-codes.ts";
import { type FaultCode, FaultError, faults } from "../../src/model/fault.ts";

test("wrong settings are exit code 2, and every other fault is 1", () => {
	const codes = (Object.keys(faults) as FaultCode[]).filter((code) => exitCodeOfFault(code) === 2);
	expect(codes).toEqual(["config-invalid"]);
});

test("a fault is said with its code and its words, and wrong settings line by line without it", () => {
	expect(explained(new FaultError("journal-failed", "could not read it. Free some space."))).toEqual({
		code: 1,
		words: "kassad: journal-failed: could not read it. Free some space.\n",
	});
	expect(explained(new FaultError("config-invalid", "one (line 1)\ntwo (line 2)"))).toEqual({
		code: 2,
		words: "one (line 1)\ntwo (line 2)\n",
	});
});

test("wrong usage is exit code 2 and has been told, a page of help is 0", () => {
	expect(explained(new CommanderError(1, "commander.unknownOption", "?"))).toEqual({ code: 2, words: "" });
	expect(explained(new CommanderError(0, "commander.helpDisplayed", "?"))).toEqual({ code: 0, words: "" });
});

test("what nobody has foreseen is exit code 1, with all that is known and what to do with it", () => {
	const { code, words } = explained(new TypeError("x is not a function"));
	expect(code).toBe(1);
	expect(words).toMatch(/^kassad: TypeError.*\n {4}at /);
	expect(words).toMatch(/keep this text for whoever looks after kassad\.\n$/);
});
