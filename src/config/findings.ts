import type { z } from "zod";

/** One thing that is wrong in the configuration. */
export type Finding = {
	readonly path: readonly PropertyKey[];
	/** What was expected and what was got, without the value of a secret. */
	readonly text: string;
};

/** Below these keys stands a secret, or would if a person mistook the place. */
const secretKeys: readonly PropertyKey[] = ["password", "key", "login", "token", "tokens"];

const mostShown = 60;

/** What a schema found wrong in `value`, in words. */
export function findingsOf(issues: readonly z.core.$ZodIssue[], value: unknown): Finding[] {
	return issues.flatMap((issue) => {
		if (issue.code !== "unrecognized_keys") return [{ path: issue.path, text: complaint(issue, value) }];
		return issue.keys.map((key) => ({ path: [...issue.path, key], text: "expected no such key here" }));
	});
}

/** A line for each finding, in the order of the file: file, place, what is wrong. */
export function findingLines(
	file: string,
	findings: readonly Finding[],
	lineOf: (path: Finding["path"]) => number,
): string[] {
	const lines = findings
		.map(({ path, text }) => ({ at: lineOf(path), place: path.join("."), text }))
		.sort((a, b) => a.at - b.at)
		.map(({ at, place, text }) => `${[file, place, text].filter(Boolean).join(": ")} (line ${at})`);
	return [...new Set(lines)];
}

function complaint(issue: z.core.$ZodIssue, value: unknown): string {
	const expected = issue.code === "invalid_type" ? typeWords(issue) : issue.message;
	const got = at(value, issue.path);
	// A contradiction between keys of one map: its words name the keys.
	if (issue.code === "custom" && typeof got === "object") return expected;
	return `${expected}, got ${shown(got, issue.path)}`;
}

/** Scalars bring words of their own; maps and lists of the schema have zod's. */
function typeWords(issue: z.core.$ZodIssueInvalidType): string {
	return issue.expected === "object" ? "expected a map of keys" : issue.message;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
		value,
	);
}

function shown(value: unknown, path: readonly PropertyKey[]): string {
	if (value === undefined) return "nothing";
	if (value === null) return "null";
	if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
	if (typeof value === "object") return "a map";
	if (path.some((key) => secretKeys.includes(key))) return "[hidden]";
	if (typeof value !== "string") return String(value);
	// A login and password written into an address.
	const quoted = JSON.stringify(value.replace(/\/\/.*@/, "//[hidden]@"));
	return quoted.length > mostShown ? `${quoted.slice(0, mostShown)}...` : quoted;
}
