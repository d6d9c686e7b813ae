import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openFiles } from "../../src/config/modes.ts";
import { env, settingsFile } from "../settings-file.ts";

const { folder, file, load, complaints } = settingsFile();
const journal = join(folder, "journal");
const sockets = join(folder, "run");
const secrets = join(folder, "secrets");
const places = {
	"journal.folder": "journal",
	"socket.path": "run/kassad.sock",
	"payApi.password": { file: "secrets/pay" },
};

/** As the daemon and a careful technician leave it. */
beforeEach(() => {
	chmodSync(folder, 0o700);
	for (const made of [journal, sockets, secrets]) {
		rmSync(made, { recursive: true, force: true });
		mkdirSync(made, { mode: 0o700 });
	}
	writeFileSync(join(secrets, "pay"), "swordfish", { mode: 0o600 });
	writeFileSync(file, "");
	chmodSync(file, 0o644);
	for (const name of ["journal.db", "journal.db-wal", "journal.key", "lock.db"]) {
		writeFileSync(join(journal, name), "", { mode: 0o600 });
	}
});

test("what nobody else may change, and of the journal nobody else read, is in order", () => {
	expect(load(places).warnings).toEqual([]);
});

test("a folder made by systemd for the journal is in order: it can be looked into, its files cannot", () => {
	chmodSync(journal, 0o755);
	expect(load(places).warnings).toEqual([]);
});

test("what does not exist yet is in order", () => {
	for (const missing of [journal, sockets]) rmSync(missing, { recursive: true });
	expect(load(places).warnings).toEqual([]);
});

describe("is refused with the command to run:", () => {
	test.each<[string, string, number, string, string]>([
		[
			"settings that everybody may change",
			file,
			0o646,
			"",
			`everybody may change ${file}: run chmod o-w ${file}`,
		],
		["a folder of settings that everybody may change", folder, 0o757, "", `everybody may change ${folder}`],
		[
			"a folder of secrets that everybody may change",
			secrets,
			0o703,
			"payApi.password: ",
			"everybody may change",
		],
		[
			"a folder of the socket that everybody may change",
			sockets,
			0o777,
			"socket.path: ",
			"everybody may change",
		],
		["a journal that its group may change", journal, 0o770, "journal.folder: ", "others may change"],
		["a journal that everybody may change", journal, 0o703, "journal.folder: ", "others may change"],
		...["journal.db", "journal.db-wal", "journal.key", "lock.db"].map(
			(name): [string, string, number, string, string] => [
				`a ${name} that others may read`,
				join(journal, name),
				0o640,
				"journal.folder: ",
				`others may read or change ${join(journal, name)}: run chmod 600 ${join(journal, name)}`,
			],
		),
	])("%s", (_, path, mode, place, words) => {
		chmodSync(path, mode);
		const found = complaints(() => load(places));
		expect(found).toContainEqual(expect.stringContaining(`${place}${words}`));
		for (const complaint of found) expect(complaint).toContain(`run chmod`);
	});
});

test("the folder of a socket's token is one of secrets", () => {
	const tokens = join(secrets, "tokens");
	mkdirSync(tokens);
	writeFileSync(join(tokens, "till-3"), "0123456789abcdef".repeat(2), { mode: 0o600 });
	chmodSync(tokens, 0o703);
	const withToken = {
		...places,
		"socket.tokens": [{ name: "till-3", token: { file: "secrets/tokens/till-3" } }],
	};
	expect(complaints(() => load(withToken))).toEqual([
		expect.stringContaining(`socket.tokens.0.token: everybody may change ${tokens}`),
	]);
});

test("a folder of a token that everybody may change is refused, too", () => {
	const file = join(secrets, "token");
	writeFileSync(file, "0123456789abcdef0123456789abcdef", { mode: 0o600 });
	chmodSync(secrets, 0o703);
	const tokens = [{ name: "till-3", token: { file } }];
	const found = complaints(() => load({ "socket.tokens": tokens }));
	expect(found).toEqual([expect.stringMatching(/^socket\.tokens\.0\.token: everybody may change/)]);
});

test("a folder such as /tmp, where nobody can touch what is another's, is no danger", () => {
	chmodSync(sockets, 0o1777);
	expect(load(places).warnings).toEqual([]);
});

test("what only a group may change is a warning, since many users have a group alone", () => {
	chmodSync(file, 0o664);
	chmodSync(sockets, 0o770);
	expect(load(places).warnings).toEqual([
		expect.stringContaining(`its group may change ${file}: run chmod g-w ${file}`),
		expect.stringContaining(`socket.path: its group may change ${sockets}: run chmod g-w ${sockets}`),
	]);
});

test("a socket for every user of the machine is a warning, one for the group is not", () => {
	expect(load({ ...places, "socket.mode": "0666" }).warnings).toEqual([
		expect.stringMatching(/socket\.mode: every user of this machine may pay and give back/),
	]);
	expect(load({ ...places, "socket.mode": "0660" }).warnings).toEqual([]);
});

test("sections that are wrong hide nothing of the others", () => {
	chmodSync(file, 0o666);
	expect(openFiles({}, file).map(({ text }) => text)).toEqual([
		`everybody may change ${file}: run chmod o-w ${file}`,
	]);
	expect(complaints(() => load({ ...places, language: "fr" }, env))).toContainEqual(
		expect.stringContaining("everybody may change"),
	);
});
