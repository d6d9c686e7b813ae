import { z } from "zod";

/** A whole number within limits. */
export const wholeNumber = (least: number, most: number) => {
	const words = { error: `expected a whole number from ${least} to ${most}` };
	return z.int(words).min(least, words).max(most, words);
};

/** A duration in whole ms within limits. */
export const milliseconds = (least: number, most: number) => {
	const words = { error: `expected ${least} to ${most} ms as a whole number` };
	return z.int(words).min(least, words).max(most, words);
};

/** A number, fractions allowed, within limits. */
export const number = (least: number, most: number) => {
	const words = { error: `expected a number from ${least} to ${most}` };
	return z.number(words).min(least, words).max(most, words);
};

/** Text that is not empty and at most `most` characters long. */
export const text = (most: number) => {
	const words = { error: `expected text of 1 to ${most} characters` };
	return z.string(words).min(1, words).max(most, words);
};

/** Text of a shape; `expected` says in words which. */
export const textLike = (shape: RegExp, expected: string) => {
	const words = { error: `expected ${expected}` };
	return z.string(words).regex(shape, words);
};

/** One of a few words. */
export const oneOf = <const W extends readonly string[]>(words: W) =>
	z.enum(words, { error: `expected one of: ${words.join(", ")}` });

export const yesOrNo = z.boolean({ error: "expected true or false" });

/** A list that is not empty, with at most `most` elements. */
export const listOf = <T extends z.ZodType>(element: T, most: number) => {
	const words = { error: `expected a list of 1 to ${most} elements` };
	return z.array(element, words).min(1, words).max(most, words);
};

const source = "expected {file: path} or {env: NAME}: the place of the secret, never the secret itself";

/** Where a secret is found; it never stands in the configuration itself. */
export const secretSource = z.union(
	[
		z.strictObject({ file: text(4_096) }),
		z.strictObject({ env: textLike(/^[A-Z_][A-Z0-9_]*$/, "a name such as KASSAD_PASSWORD") }),
	],
	{ error: source },
);

export type SecretSource = z.infer<typeof secretSource>;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const address = {
	error: "expected an https:// address (http:// only to this machine), without a query or a login in it",
};

/** An http(s) URL. Money travels over plain http to this machine only, so other hosts need https. */
export const httpUrl = z.string(address).refine((written) => {
	const url = URL.parse(written);
	if (url === null || url.search !== "" || url.hash !== "") return false;
	if (url.username !== "" || url.password !== "") return false;
	return url.protocol === "https:" || (url.protocol === "http:" && loopback.test(url.hostname));
}, address);

/** A short name that a person gives to a device or a brand. */
export const name = textLike(
	/^[a-z0-9][a-z0-9-]{0,31}$/,
	"1 to 32 lower-case letters, digits and dashes, in quotes when they are digits alone",
);

/** Refuses a list in which two elements bear one name. */
export const namedOnce = (named: readonly { name: string }[], context: z.RefinementCtx) => {
	for (const [index, { name }] of named.entries()) {
		if (named.findIndex((other) => other.name === name) === index) continue;
		context.addIssue({ code: "custom", path: [index, "name"], message: "expected a name not used above" });
	}
};
