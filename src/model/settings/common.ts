import { z } from "zod";

/** A whole number within limits. */
export const wholeNumber = (least: number, most: number) => z.int().min(least).max(most);

/** A duration in whole ms within limits. */
export const milliseconds = wholeNumber;

/** Where a secret is found; it never stands in the configuration itself. */
export const secretSource = z.union([
	z.strictObject({ file: z.string().min(1) }),
	z.strictObject({ env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/, "expected a name such as KASSAD_PASSWORD") }),
]);

export type SecretSource = z.infer<typeof secretSource>;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** An http(s) URL. Money travels over plain http to this machine only, so other hosts need https. */
export const httpUrl = z.string().refine(
	(text) => {
		const url = URL.parse(text);
		if (url === null || url.search !== "" || url.hash !== "" || url.username !== "") return false;
		return url.protocol === "https:" || (url.protocol === "http:" && loopback.test(url.hostname));
	},
	{ error: "expected an https:// address (http:// only to this machine), without a query or a login in it" },
);

/** A short name that a person gives to a device or a brand. */
export const name = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, "expected lower-case letters, digits and dashes");
