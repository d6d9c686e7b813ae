import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { freePort } from "./free-port.ts";
import { type Change, settingsFile } from "./shop.ts";

/** Of the server's, as the shop and Koshelek have agreed it. */
export const postback = { login: "koshelek", password: "jade-otter-42-lantern" } as const;

/** Settings with a server for postbacks, and passwords checked by a wrapper program of this folder. */
export async function wholeShop({ folder }: Stage, program: string, ...args: string[]): Promise<Change> {
	const port = await freePort();
	writeFileSync(join(folder, "postback.secret"), postback.password, { mode: 0o600 });
	return (settings) => {
		settings.brands[0].verifier = "bridge";
		settings.bridge = {
			command: process.execPath,
			args: [join(import.meta.dirname, program), ...args],
			...{ initMs: 20_000, callMs: 1_500, mostLineBytes: 65_536 },
			restart: { firstWaitMs: 50, factor: 2, mostWaitMs: 1_000 },
		};
		settings.payApi.postback = {
			...{ host: "127.0.0.1", port, path: "/postback", login: postback.login },
			...{ password: { file: "postback.secret" }, tls: null },
			...{ mostBodyBytes: 4_096, mostConnections: 4, requestMs: 500, idleMs: 500, keepMs: 10_000 },
		};
	};
}

/** Where the shop's server of postbacks listens. */
export function postbackAddress(stage: Stage): { readonly port: number; readonly url: string } {
	const { port, path } = parse(readFileSync(settingsFile(stage), "utf8")).payApi.postback;
	return { port, url: `http://127.0.0.1:${port}${path}` };
}

/** Posts as Koshelek's server does, or with a guess at the password. */
export async function post(
	stage: Stage,
	body: string | Uint8Array,
	password: string = postback.password,
): Promise<{ readonly status: number; readonly words: string }> {
	const authorization = `Basic ${Buffer.from(`${postback.login}:${password}`).toString("base64")}`;
	const { url } = postbackAddress(stage);
	const response = await fetch(url, { method: "POST", headers: { authorization }, body });
	return { status: response.status, words: await response.text() };
}
