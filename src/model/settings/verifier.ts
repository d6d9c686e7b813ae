import { z } from "zod";
import { milliseconds, oneOf, textLike, wholeNumber } from "./common.ts";
import { reopenSettings } from "./devices.ts";

/** Who checks a brand's passwords: kassad's own arithmetic, or the vendor's library behind the bridge. */
export const verifierKind = oneOf(["builtin", "bridge"]);

/** A bare name is looked for in PATH; a relative path would depend on where kassad was started. */
const command = textLike(
	/^(?:[^/\\\p{Cc}]{1,255}|\/\P{Cc}{1,4095}|[A-Za-z]:\\\P{Cc}{1,4095})$/u,
	"the name of a program or an absolute path",
);

const programArguments = z
	.array(textLike(/^\P{Cc}{0,4096}$/u, "text of at most 4096 characters"), { error: "expected a list" })
	.max(64, { error: "expected at most 64 arguments" });

/** The program that wraps the vendor's Passcode Verify library, or null when no brand needs it. */
export const bridgeSettings = z
	.strictObject({
		command,
		args: programArguments,
		/** From the program's start until it has answered `init`. */
		initMs: milliseconds(100, 60_000),
		/** For an answer; a program that takes longer is killed and started again. */
		callMs: milliseconds(50, 10_000),
		/** A longer line of the program counts as a failure. */
		mostLineBytes: wholeNumber(1_024, 1_048_576),
		/** The pauses before a program that has ended is started again. */
		restart: reopenSettings,
	})
	.nullable();

export type VerifierKind = z.infer<typeof verifierKind>;
export type BridgeSettings = NonNullable<z.infer<typeof bridgeSettings>>;
