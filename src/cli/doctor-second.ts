import { createServer } from "node:net";
import { join } from "node:path";
import { sizeOf } from "../journal/files.ts";
import { lockJournal } from "../journal/lock.ts";
import { FaultError } from "../model/fault.ts";
import { listenOn } from "../pos/listen.ts";
import { type Check, callSupport, green, red, skipped, type Target, type Verdict } from "./doctor-check.ts";

/** What a second kassad on the same settings would do first: take the journal, and take the socket. */
export const secondChecks: readonly Check[] = [
	{ name: "second-journal", title: "a second kassad cannot have the journal", attacks: true, run: journal },
	{ name: "second-socket", title: "a second kassad cannot have the socket", attacks: true, run: socket },
];

async function journal({ journal: { folder } }: Target): Promise<Verdict> {
	// Nothing is made here that is not there.
	if (sizeOf(join(folder, "lock.db")) === undefined) {
		return red(
			`there is no lock in ${folder}`,
			"Is journal.folder the one that the running kassad uses? Then start it anew.",
		);
	}
	return refusal(async () => lockJournal(folder).release(), /another kassad uses this journal/);
}

async function socket({ socket: { path, mode } }: Target): Promise<Verdict> {
	const server = createServer();
	return refusal(async () => {
		await listenOn(server, path, mode);
		server.close();
	}, /another program has/);
}

/** Green when it fails with these words. */
async function refusal(attack: () => Promise<void>, words: RegExp): Promise<Verdict> {
	try {
		await attack();
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		if (words.test(error.detail)) return green("refused");
		return skipped(`${error.detail.split(":")[0]}: run this as kassad's user`);
	}
	return red("it would get it, beside the one that runs", callSupport);
}
