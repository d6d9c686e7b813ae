import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./config-option.ts";

/** This kassad's version. */
export function version(): string {
	return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}
