import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** Changes to settings, merged key by key. */
export type Patch = { readonly [key: string]: unknown };

/** Where the mocks around a till are. */
export type Surroundings = {
	/** What the scanner is plugged in as. */
	readonly scanner: string;
	readonly printer: { readonly host: string; readonly port: number };
	readonly payApi: { readonly url: string; readonly login: string; readonly caFile: string };
	/** Where the secrets are found, as the settings write it. */
	readonly secrets: { readonly password: object; readonly brandKey: object };
	readonly journal: string;
	readonly socket: string;
};

/** The shipped `config/kassad.yaml`, pointed at mocks. */
export function pointedAt({ scanner, printer, payApi, secrets, journal, socket }: Surroundings): Patch {
	const shipped = parse(readFileSync(join(import.meta.dirname, "../../config/kassad.yaml"), "utf8"));
	const { url, login, caFile } = payApi;
	// A place of a secret has one key, and which one says what kind of place it is: there is nothing to merge.
	shipped.payApi.password = secrets.password;
	return merged(shipped, {
		journal: { folder: journal },
		payApi: { environment: "test", baseUrl: { test: url }, login, caFile },
		brands: [{ ...shipped.brands[0], key: secrets.brandKey }],
		scanners: [{ ...shipped.scanners[0], path: scanner }],
		printers: [{ ...shipped.printers[0], connection: { by: "tcp", host: printer.host, port: printer.port } }],
		socket: { path: socket },
	});
}

/** A list or a plain value replaces the one before. */
export function merged(base: Patch, patch: Patch): Patch {
	const isMap = (value: unknown): value is Patch =>
		typeof value === "object" && value !== null && !Array.isArray(value);
	return Object.fromEntries(
		[...new Set([...Object.keys(base), ...Object.keys(patch)])].map((key) => {
			if (!(key in patch)) return [key, base[key]];
			const [old, next] = [base[key], patch[key]];
			return [key, isMap(old) && isMap(next) ? merged(old, next) : next];
		}),
	);
}
