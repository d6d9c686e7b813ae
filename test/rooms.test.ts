import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Who may import what; `types` means by `import type` only. The first room whose pattern matches owns the file. */
const rooms: readonly { room: RegExp; may: readonly RegExp[]; types?: readonly RegExp[] }[] = [
	{ room: /^src\/model\//, may: [/^src\/model\//] },
	{ room: /^drivers\//, may: [/^drivers\//], types: [/^src\/model\//] },
	...["ports", "scan", "pay", "journal", "print", "pos", "stores", "selftest"].map((name) => ({
		room: new RegExp(`^src/${name}/`),
		may: [new RegExp(`^src/${name}/`), /^src\/model\//, /^src\/log\.ts$/],
	})),
	// The other side of the socket speaks by the same schemas.
	{
		room: /^src\/client\//,
		may: [/^src\/client\//, /^src\/pos\//, /^src\/model\//, /^src\/clock\.ts$/],
	},
	{ room: /^src\/config\//, may: [/^src\/config\//, /^src\/model\//] },
	{
		room: /^src\/(config|log|clock|clock-watch|fingerprint|messages|documents|self-test-words)\.ts$/,
		may: [/^src\/config\//, /^src\/model\//],
	},
	{
		room: /^src\/(till|counter|paper|rooms)\.ts$|^src\/(counter|scanners|printers|paper)\//,
		may: [/^src\//],
	},
	// The preview prints on a printer that is not there: what it shows is the driver's bytes, and not our opinion of them.
	{ room: /^src\/cli\/print[^/]*\.ts$/, may: [/^src\//, /^drivers\//, /^hardware-mocks\/printer\//] },
	{ room: /^src\/(main|cli)\.ts$|^src\/cli\//, may: [/^src\//, /^drivers\//] },
	{
		room: /^hardware-mocks\//,
		may: [/^hardware-mocks\//, /^drivers\//, /^src\/client\//],
		types: [/^src\/model\//],
	},
	{ room: /^test\//, may: [/./] },
	{ room: /^[^/]+\.config\.ts$/, may: [] },
];

/** Folders that may stand at the top, besides what tools put there. */
const topFolders = ["src", "drivers", "config", "test", "hardware-mocks", ".ci"];

const sizes = { mostFileLines: 250, mostMedianLines: 80, mostFunctionLines: 40 } as const;

/** Files that are one long table and may be longer. */
const tables = [/^src\/model\/fault\.ts$/];

/** Tests that tell a story of the whole program instead of mirroring one file. */
const wholeStories = [/^test\/rooms\.test\.ts$/, /^test\/(stories|sim|hil)\//, /^test\/hardware-mocks\//];

const files = globSync("{src,drivers,hardware-mocks,test}/**/*.ts", { cwd: root }).concat(
	globSync("*.ts", { cwd: root }),
);
const text = (file: string) => readFileSync(join(root, file), "utf8");

type Import = { from: string; to: string; typesOnly: boolean };

function importsOf(file: string): Import[] {
	const pattern = /^\s*(?:import|export)\s+(type\s)?[^"';]*?from\s+"(\.[^"]+)"|import\(\s*"(\.[^"]+)"/gm;
	return [...text(file).matchAll(pattern)].map((match) => ({
		from: file,
		to: relative(root, join(root, dirname(file), match[2] ?? match[3] ?? "")),
		typesOnly: match[1] !== undefined,
	}));
}

function allowed({ from, to, typesOnly }: Import): boolean {
	const rule = rooms.find(({ room }) => room.test(from));
	if (rule === undefined) return false;
	return [...rule.may, ...(typesOnly ? (rule.types ?? []) : [])].some((pattern) => pattern.test(to));
}

/** Lines of each function that spans several, told by its indentation: the body ends at the same indentation. */
function longFunctions(file: string): string[] {
	const lines = text(file).split("\n");
	const opening =
		/^(\t*)(?:export )?(?:async )?(?:function\*? (\w+)|(?:const|readonly) (\w+) = (?:async )?(?:\([^)]*\)|\w+)[^=]*=> \{$|(?!(?:if|for|while|switch|catch)\b)(?:static |async |get |#)*(\w+)\(.*\{$)/;
	return lines.flatMap((line, index) => {
		const match = opening.exec(line);
		if (match === null) return [];
		const end = lines.findIndex((later, at) => at > index && later.startsWith(`${match[1]}}`));
		const length = end - index + 1;
		const name = match[2] ?? match[3] ?? match[4];
		return end > 0 && length > sizes.mostFunctionLines ? [`${file}: ${name} has ${length} lines`] : [];
	});
}

test("every import obeys the import table", () => {
	const broken = files.flatMap(importsOf).filter((line) => !allowed(line));
	expect(broken.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test("every file belongs to a room", () => {
	expect(files.filter((file) => !rooms.some(({ room }) => room.test(file)))).toEqual([]);
});

test("no folder stands at the top but those of the house", () => {
	const tracked = new Set(globSync("{*,.*}/", { cwd: root }).map((folder) => folder.replace(/\/$/, "")));
	const tools = new Set([".git", "node_modules", "out"]);
	const strangers = [...tracked].filter((folder) => !topFolders.includes(folder) && !tools.has(folder));
	expect(strangers.filter((folder) => existsSync(join(root, folder, ".")))).toEqual([]);
});

test("every test file mirrors a source file or tells a whole story", () => {
	const orphans = files
		.filter((file) => file.endsWith(".test.ts") && !wholeStories.some((pattern) => pattern.test(file)))
		.filter((file) => {
			const mirrored = file.replace(/^test\//, "").replace(/\.test\.ts$/, ".ts");
			return !existsSync(join(root, mirrored)) && !existsSync(join(root, "src", mirrored));
		});
	expect(orphans).toEqual([]);
});

test("no file is longer than the limit, tables aside", () => {
	const long = files
		.filter((file) => !tables.some((pattern) => pattern.test(file)))
		.map((file) => ({ file, lines: text(file).trimEnd().split("\n").length }))
		.filter(({ lines }) => lines > sizes.mostFileLines);
	expect(long).toEqual([]);
});

test("half of the source files are short", () => {
	const lengths = files
		.filter((file) => /^(src|drivers)\//.test(file))
		.map((file) => text(file).trimEnd().split("\n").length)
		.sort((a, b) => a - b);
	expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(sizes.mostMedianLines);
});

test("no function is longer than the limit", () => {
	expect(files.filter((file) => !file.startsWith("test/")).flatMap(longFunctions)).toEqual([]);
});

/** What the house does not use, and where the exception is. */
const banned: readonly { what: RegExp; where: RegExp; why: string }[] = [
	{ what: /\bnew Error\(/, where: /^(src|drivers)\//, why: "a failure has a row in the fault table" },
	{ what: /node:timers\/promises/, where: /./, why: "fake timers cannot reach it" },
	{
		what: /\b(switchMap|exhaustMap|shareReplay)\b/,
		where: /^src\//,
		why: "they drop or keep what they should not",
	},
	{
		what: /\bAbortSignal\.any\(|addEventListener\(.*[{,] ?signal\b/,
		where: /^src\/(till|clock|model|counter|pay|pos|scan)\b/,
		why: "a scavenge frees nothing of what it links: src/model/when-aborted.ts does",
	},
	{
		what: /\b(it|test|describe)\.(skip|only|todo|skipIf|runIf)\b/,
		where: /./,
		why: "a skipped test proves nothing",
	},
	{
		what: /biome-ignore|@ts-ignore|@ts-nocheck/,
		where: /./,
		why: "a check that is switched off checks nothing",
	},
];

test("nothing that the house has given up is used", () => {
	const found = files
		.filter((file) => file !== "test/rooms.test.ts")
		.flatMap((file) =>
			banned
				.filter(({ what, where }) => where.test(file) && what.test(text(file)))
				.map(({ what, why }) => `${file}: ${what.source} (${why})`),
		);
	expect(found).toEqual([]);
});

test("the abandoned package `request` is not installed", () => {
	expect(text("package-lock.json")).not.toMatch(/"node_modules\/(.+\/)?request"/);
});
