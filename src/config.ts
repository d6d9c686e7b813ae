import { dirname, resolve } from "node:path";
import {
	bridgeFindings,
	driverFindings,
	type KnownDrivers,
	productFindings,
	socketFindings,
} from "./config/checks.ts";
import { readSmallFile } from "./config/file.ts";
import { type Finding, findingLines, findingsOf } from "./config/findings.ts";
import { type Identity, readIdentity } from "./config/identity.ts";
import { openFiles } from "./config/modes.ts";
import { printerFindings } from "./config/printer-checks.ts";
import { type Environment, readBrandKey, readSecret, readToken } from "./config/secrets.ts";
import { terminalFindings } from "./config/terminal-checks.ts";
import { usersByNumber } from "./config/users.ts";
import { readYaml } from "./config/yaml.ts";
import { FaultError } from "./model/fault.ts";
import type { Secret } from "./model/secret.ts";
import type { PostbackSettings } from "./model/settings/postback.ts";
import { type Settings, settings as schema } from "./model/settings/settings.ts";
import type { SocketSettings } from "./model/settings/socket.ts";
import type { StoreApiSettings } from "./model/settings/stores.ts";

const mostAuthorityBytes = 4_194_304;

/** The settings with all that they point to. */
export type LoadedConfig = {
	/** As in the file, but paths are absolute. */
	readonly settings: Settings;
	/** The Pay API's password. */
	readonly password: Secret;
	/** By brand name: hexadecimal text, at least 16 bytes. */
	readonly brandKeys: ReadonlyMap<string, Secret>;
	/** Certificate authorities (PEM) to trust besides the system's. */
	readonly ca?: string;
	/** By which POS programs come in over TCP and WebSocket, and the names that they have in the log. */
	readonly socketTokens: readonly NamedSecret[];
	/** Who may connect to the Unix socket: by user id, the names for the log. Without it the file's mode decides. */
	readonly socketUsers?: ReadonlyMap<number, string>;
	/** What the server of postbacks needs, when there is to be one. */
	readonly postback?: { readonly password: Secret; readonly tls?: Identity };
	/** What is more open than it should be, without being a reason to refuse; a line each. */
	readonly warnings: readonly string[];
};

/**
 * Reads and checks the configuration and fetches its secrets. Relative paths count from the file's folder.
 * @throws {FaultError} `config-invalid`; its detail lists everything that is wrong, one line each.
 */
export function loadConfig(path: string, env: Environment, known: KnownDrivers): LoadedConfig {
	const file = readYaml(path);
	const folder = dirname(resolve(path));
	const parsed = schema.safeParse(file.value);
	const sound = soundSections(file.value);
	const fetched = fetchAll(sound, folder, env);
	const open = openFiles(sound, path);
	const findings = [
		...findingsOf(parsed.error?.issues ?? [], file.value),
		...driverFindings(sound, known),
		...productFindings(sound, known),
		...bridgeFindings(sound),
		...printerFindings(sound, known.printers),
		...terminalFindings(sound),
		...socketFindings(sound, folder),
		...fetched.findings,
		...open.filter(({ refuses }) => refuses),
	];
	const { password, brandKeys, ca, postback, socketTokens, socketUsers } = fetched;
	if (!parsed.success || password === undefined || findings.length > 0) {
		throw new FaultError("config-invalid", findingLines(path, findings, file.lineOf).join("\n"));
	}
	const settings = withAbsolutePaths(parsed.data, folder);
	return {
		settings,
		password,
		brandKeys,
		socketTokens,
		...(socketUsers && { socketUsers }),
		...(ca === undefined ? {} : { ca }),
		...(postback ? { postback } : {}),
		warnings: findingLines(path, open, file.lineOf),
	};
}

/**
 * Reads what the Store API needs, and nothing else: whoever keeps the list of stores need not have a till's secrets,
 * nor a till those of the list.
 * @throws {FaultError} as `loadConfig`.
 */
export function loadStoreApi(path: string, env: Environment) {
	const file = readYaml(path);
	const folder = dirname(resolve(path));
	const { storeApi } = soundSections(file.value);
	const { findings, attempt } = attempts();
	const fetched = storeApi && fetchStoreApi(storeApi, attempt, folder, env);
	const issues = schema.safeParse(file.value).error?.issues ?? [];
	findings.push(
		...findingsOf(issues, file.value).filter(({ path }) => path.length === 0 || path[0] === "storeApi"),
	);
	if (fetched === undefined || findings.length > 0) {
		throw new FaultError("config-invalid", findingLines(path, findings, file.lineOf).join("\n"));
	}
	return fetched;
}

function fetchStoreApi(settings: StoreApiSettings, attempt: Attempt, folder: string, env: Environment) {
	const password = attempt(["storeApi", "password"], () => readSecret(settings.password, folder, env));
	const ca = attempt(["storeApi", "caFile"], () => readAuthorities(settings.caFile, folder));
	return password && { settings, password, ...(ca !== undefined && { ca }) };
}

/** The sections that are right by themselves: they can be checked further although others are wrong. */
function soundSections(value: unknown): Partial<Settings> {
	const sections = Object.entries(schema.shape).flatMap(([key, section]) => {
		const parsed = section.safeParse((value as Record<string, unknown> | null)?.[key]);
		return parsed.success ? [[key, parsed.data]] : [];
	});
	return Object.fromEntries(sections) as Partial<Settings>;
}

/** What the fetching gives, or nothing when it failed: then a finding says why. */
type Attempt = <T>(path: readonly PropertyKey[], fetch: () => T) => T | undefined;

/** Gathers why fetching failed, so that all of it can be told at once. */
function attempts(): { findings: Finding[]; attempt: Attempt } {
	const findings: Finding[] = [];
	const attempt: Attempt = (path, fetch) => {
		try {
			return fetch();
		} catch (error) {
			if (!(error instanceof FaultError)) throw error;
			findings.push({ path, text: error.detail });
			return undefined;
		}
	};
	return { findings, attempt };
}

function fetchAll({ payApi, brands, socket }: Partial<Settings>, folder: string, env: Environment) {
	const { findings, attempt } = attempts();
	const password = payApi && attempt(["payApi", "password"], () => readSecret(payApi.password, folder, env));
	const ca = payApi && attempt(["payApi", "caFile"], () => readAuthorities(payApi.caFile, folder));
	const brandKeys = new Map<string, Secret>();
	for (const [index, { name, key }] of (brands ?? []).entries()) {
		const secret = attempt(["brands", index, "key"], () => readBrandKey(key, folder, env));
		if (secret) brandKeys.set(name, secret);
	}
	const postback = payApi?.postback && fetchPostback(payApi.postback, attempt, folder, env);
	const access = socket && fetchAccess(socket, attempt, folder, env);
	return { findings, password, brandKeys, ca, postback, socketTokens: [], ...access };
}

type NamedSecret = { readonly name: string; readonly token: Secret };

/** The log could not tell whose a token is that two bear. */
function unlike(others: readonly NamedSecret[], token: Secret): Secret {
	const same = others.find((other) => other.token.reveal() === token.reveal());
	if (same === undefined) return token;
	throw new FaultError("config-invalid", `expected another token than that of ${same.name}`);
}

/** Who may come in. */
function fetchAccess(
	{ tokens, allowedUsers }: SocketSettings,
	attempt: Attempt,
	folder: string,
	env: Environment,
) {
	const socketTokens: NamedSecret[] = [];
	for (const [index, { name, token: source }] of tokens.entries()) {
		const token = attempt(["socket", "tokens", index, "token"], () =>
			unlike(socketTokens, readToken(source, folder, env)),
		);
		if (token) socketTokens.push({ name, token });
	}
	const socketUsers = allowedUsers && attempt(["socket", "allowedUsers"], () => usersByNumber(allowedUsers));
	return { socketTokens, ...(socketUsers && { socketUsers }) };
}

function fetchPostback(
	{ password: source, tls: files }: PostbackSettings,
	attempt: Attempt,
	folder: string,
	env: Environment,
) {
	const at = ["payApi", "postback"];
	const password = attempt([...at, "password"], () => readSecret(source, folder, env));
	const tls = files ? attempt([...at, "tls"], () => readIdentity(files, folder)) : undefined;
	return password && { password, ...(tls && { tls }) };
}

/**
 * Reads certificates of authorities to trust besides the usual ones; undefined where the settings name none.
 * @throws {FaultError} `config-invalid`
 */
export function readAuthorities(path: string | null, folder: string): string | undefined {
	if (path === null) return undefined;
	const { text } = readSmallFile(resolve(folder, path), mostAuthorityBytes);
	if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
	throw new FaultError("config-invalid", `${path} holds no certificate in PEM form`);
}

function withAbsolutePaths(settings: Settings, folder: string): Settings {
	return {
		...settings,
		journal: { ...settings.journal, folder: resolve(folder, settings.journal.folder) },
		socket: { ...settings.socket, path: resolve(folder, settings.socket.path) },
	};
}
