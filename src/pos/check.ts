import { z } from "zod";
import { FaultError } from "../model/fault.ts";

const mostReasons = 5;
const mostCharacters = 500;

/**
 * What does not fit, as `path: reason` parted by semicolons; short, whatever was sent.
 * @param root names the value as a whole.
 */
export function reasons(error: z.ZodError, root: string): string {
	const all = error.issues
		.slice(0, mostReasons)
		.map((issue) => `${z.core.toDotPath(issue.path) || root}: ${issue.message}`);
	if (error.issues.length > mostReasons) all.push(`and ${error.issues.length - mostReasons} more`);
	return all.join("; ").slice(0, mostCharacters);
}

/** The parameters as the schema gives them. @throws {FaultError} `request-invalid` with paths and reasons. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
	const checked = schema.safeParse(value);
	if (checked.success) return checked.data;
	throw new FaultError("request-invalid", reasons(checked.error, "params"));
}
