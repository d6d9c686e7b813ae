import { z } from "zod";
import {
	checkStates,
	checkTitles,
	noteCodes,
	redCodes,
	selfTestKinds,
	skipCodes,
} from "../model/self-test.ts";
import { code, fewNamed, fewOf, words } from "./shapes.ts";

/** Each of 64 scanners reads four codes of a sheet. */
const mostChecks = 400;
const mostRemarks = 64;

/** What fills the holes of a sentence. */
const facts = fewNamed(code(32), words(500), 16);

const remarkOf = <const Code extends string>(codes: readonly Code[]) =>
	z.strictObject({ code: z.enum(codes), facts });

const remarksOf = <const Code extends string>(codes: readonly Code[]) =>
	z
		.array(z.unknown())
		.max(mostRemarks)
		.pipe(z.array(remarkOf(codes)));

const facets = {
	check: code(400),
	kind: z.enum(selfTestKinds),
	title: remarkOf(checkTitles),
	ms: z.number().min(0),
};

/** What came of a check that was run elsewhere. */
const checkResult = z.discriminatedUnion("state", [
	z.strictObject({ ...facets, state: z.literal(checkStates[0]), remarks: remarksOf(noteCodes) }),
	z.strictObject({ ...facets, state: z.literal(checkStates[1]), remarks: remarksOf(redCodes) }),
	z.strictObject({ ...facets, state: z.literal(checkStates[2]), remarks: remarksOf(skipCodes) }),
]);

/** Without `only`: all kinds, one after the other. */
export const selfTestRunParams = z.strictObject({
	only: fewOf(z.enum(selfTestKinds), selfTestKinds.length).exactOptional(),
	payment: z.boolean().default(true).describe("Whether a test payment is made; never one in production."),
	ask: z.boolean().default(true).describe("Whether somebody is there to answer what only eyes can tell."),
	earlier: fewOf(checkResult, mostChecks)
		.exactOptional()
		.describe("What came of checks that were run elsewhere before: it goes onto the printed result."),
});

export const selfTestAnswerParams = z.strictObject({ check: facets.check, yes: z.boolean() });
