import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { type Patch, type Stage, setStage } from "../../hardware-mocks/demo/stage.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import type { PosEvent } from "../../src/model/event.ts";
import type { LogLevel } from "../../src/model/settings/settings.ts";
import type { Canary, Writing } from "./canary-search.ts";
import { freePort } from "./free-port.ts";
import { brisk } from "./shop.ts";
import { postback } from "./whole-shop.ts";

/** One-time passwords of ten digits: three of them may stand anywhere by chance. */
const totp = { interval: 30, passLength: 10 } as const;

export type DyedCard = { readonly prefix: string; readonly number: string; readonly session: string };

/** At the password of postbacks, by a stranger: it may be right elsewhere. */
export const guess = "amber-heron-77-kettle";
/** By which a program comes in over TCP and WebSocket. */
export const token = "ochre-lemur-58-parsnip-quartz-viaduct-31";
/** Of the Store API, which a till does not know. */
export const storePassword = "cobalt-walrus-19-teapot";

/** Before any till has set its own. */
const systemFolder = tmpdir();

/** A till on which everything secret is dyed, and all that it writes is gathered. */
export type CanaryTill = {
	readonly stage: Stage;
	/** A folder for all files that any process here may leave: the till's own is within, `TMPDIR` and `HOME` too. */
	readonly root: string;
	/** Where programs come in with a token. */
	readonly doors: Pick<Doors, "tcp" | "webSocket">;
	/** A card that looks like nothing else on the machine, and that nobody has used. */
	newCard(): DyedCard;
	/** The card with its password of this moment, as the scanner sends it. */
	codeOf(card: DyedCard): string;
	/** Listens to the daemon that has just been started. */
	listen(): Promise<void>;
	/** Keeps what was told besides events: an answer, an output, what a child process was shown. */
	heard(place: string, told: unknown): void;
	/** Keeps what the daemon that is about to end has said. */
	keepLog(): void;
	canaries(): readonly Canary[];
	/** All that kassad has written up to now, wherever. */
	writings(): readonly Writing[];
	strike(): Promise<void>;
};

export async function openCanaryTill(level: LogLevel, patch: Patch = {}): Promise<CanaryTill> {
	const root = mkdtempSync(join(systemFolder, "canary-"));
	for (const name of ["TMPDIR", "HOME"]) {
		mkdirSync(join(root, name.toLowerCase()));
		process.env[name] = join(root, name.toLowerCase());
	}
	const day = { ...scenarios.accepted, server: { accept: 1 } };
	const socket = await doors(root);
	const changes = { ...brisk, ...patch, log: { level }, brands: brands(), socket };
	const stage = await setStage(day, () => undefined, changes);
	const passwords = new Set<string>();
	const cards: DyedCard[] = [];
	const told: Writing[] = [];
	const heard = (place: string, words: unknown) => {
		const text = typeof words === "string" ? words : JSON.stringify(words, plainErrors);
		told.push({ place, bytes: Buffer.from(text ?? "") });
	};
	return {
		...{ stage, root, heard, doors: { tcp: socket.tcp, webSocket: socket.webSocket } },
		newCard: () => {
			const card = dyedCard(cards.length);
			cards.push(card);
			return card;
		},
		codeOf: (card) => {
			const code = cardText({ ...card, key: stage.brandKey, totp });
			passwords.add(code.slice(-totp.passLength));
			return code;
		},
		listen: () => listen(stage, (event) => heard("an event", event)),
		keepLog: () => heard("the log", stage.daemon.log.join("\n")),
		canaries: () => [
			...lasting(stage),
			...tokensOf(stage),
			...dyed("a one-time password", [...passwords]),
			...dyed(
				"a card number",
				cards.map(({ number }) => number),
			),
			...dyed(
				"a cardSession",
				cards.map(({ session }) => session),
			),
		],
		writings: () => [
			...told,
			{ place: "the log", bytes: Buffer.from(stage.daemon.log.join("\n")) },
			...filesIn(root),
			...stage.printer.receipts.flatMap(({ text, bytes }, index) => [
				{ place: `paper ${index}`, bytes: Buffer.from(text) },
				{ place: `paper ${index}, as sent`, bytes },
			]),
		],
		strike: async () => {
			await stage.strike();
			rmSync(root, { recursive: true, force: true });
		},
	};
}

type Doors = Awaited<ReturnType<typeof doors>>;

/** TCP and WebSocket beside the Unix socket. */
async function doors(root: string) {
	const file = join(root, "socket.secret");
	writeFileSync(file, token, { mode: 0o600 });
	const host = "127.0.0.1";
	return {
		tcp: { host, port: await freePort() },
		webSocket: { host, port: await freePort(), path: "/kassad", origins: ["http://till.example"] },
		tokens: [{ name: "till-3", token: { file } }],
	};
}

/** Every other one has the long session that only two-dimensional codes have room for. */
function dyedCard(index: number): DyedCard {
	const letters = [index >> 4, index & 15].map((digit) => "BCDFGHJKLMNPQRST"[digit]).join("");
	const session = index % 2 === 0 ? `ZQ7X${letters}` : `KW3YT8QJ5VXH2M9RZD${letters}`;
	return { prefix: "77", number: `80673059${String(18_246 + index)}`, session };
}

/** The shipped brand with longer passwords. */
function brands() {
	const [brand] = parse(readFileSync(join(import.meta.dirname, "../../config/kassad.yaml"), "utf8")).brands;
	return [{ ...brand, totp: { ...brand.totp, ...totp } }];
}

async function listen({ pos }: Stage, hear: (event: PosEvent) => void): Promise<void> {
	pos.events$.subscribe(hear);
	await pos.call("events.subscribe", { since: 0 });
}

/** An error has its words in no field of its own that JSON would write. */
function plainErrors(_: string, value: unknown): unknown {
	return value instanceof Error ? { ...value, words: `${value}` } : value;
}

const dyed = (name: string, secrets: readonly string[]): Canary[] =>
	secrets.map((secret, index) => ({ name: `${name} ${index}`, secret }));

function lasting({ brandKey, credentials }: Stage): Canary[] {
	const [, password = ""] = credentials.split(":");
	const basic = (word: string) => Buffer.from(word).toString("base64");
	return [
		{ name: "the brand's key", secret: brandKey },
		{ name: "the Pay API's password", secret: password },
		{ name: "the Pay API's Basic auth", secret: basic(credentials) },
		{ name: "the postbacks' password", secret: postback.password },
		{ name: "the postbacks' Basic auth", secret: basic(`${postback.login}:${postback.password}`) },
		{ name: "a guess at a password", secret: guess },
		{ name: "Basic auth of a guess", secret: basic(`${postback.login}:${guess}`) },
		{ name: "the Store API's password", secret: storePassword },
		{ name: "a token of the socket", secret: token },
	];
}

/** What the server has seen in the header `token`, and what that tells of the machine. */
function tokensOf({ payApi }: Stage): Canary[] {
	const tokens = payApi.requests.flatMap(({ headers }) => (headers.token ? [`${headers.token}`] : []));
	const facts = tokens.flatMap((token) =>
		Buffer.from(token.slice(0, -totp.passLength), "base64").toString().split(/[|,]/),
	);
	return [
		...dyed("a token", [...new Set(tokens)]),
		// Short words may stand anywhere by chance, and so may parts of a date. Addresses are no secret on their own.
		...dyed(
			"a fact of the fingerprint",
			[...new Set(facts)].filter((fact) => fact.length > 8 && isIP(fact) === 0),
		).map((fact) => ({ ...fact, isWhole: true })),
	];
}

/** Every file but those with which the test gives a secret to kassad. */
function filesIn(root: string): Writing[] {
	const entries = readdirSync(root, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile() && !entry.name.endsWith(".secret"))
		.map(({ parentPath, name }) => join(parentPath, name))
		.map((file) => ({ place: relative(root, file), bytes: readFileSync(file) }));
}
