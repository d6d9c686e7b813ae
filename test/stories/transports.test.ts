import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { connectPos } from "../../src/client/pos-client.ts";
import type { PosEvent } from "../../src/model/event.ts";
import { freePort } from "./free-port.ts";
import { brisk, ending, newCustomer, openShop, show, start } from "./shop.ts";

const token = "0123456789abcdef".repeat(4);
const origin = "http://localhost:8080";
const folder = mkdtempSync(join(tmpdir(), "kassad-transports-"));

let stage: Stage;
let ports: { readonly tcp: number; readonly webSocket: number };

beforeAll(async () => {
	const host = "127.0.0.1";
	ports = { tcp: await freePort(), webSocket: await freePort() };
	const file = join(folder, "till-3.token");
	writeFileSync(file, `${token}\n`, { mode: 0o600 });
	const socket = {
		allowedUsers: [userInfo().username],
		tcp: { host, port: ports.tcp },
		webSocket: { host, port: ports.webSocket, path: "/kassad", origins: [origin] },
		tokens: [{ name: "till-3", token: { file } }],
	};
	stage = await openShop({}, { ...brisk, socket });
}, 60_000);

afterAll(async () => {
	await stage.strike();
	rmSync(folder, { recursive: true });
});

/** The page of the README, as a browser runs it; what it shows, and how it is closed. */
function openPage(port: number): { readonly shown: PosEvent[]; close(): void } {
	const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
	const [page = ""] = readme.match(/^ {4}let seq[\s\S]*?^ {4}\}$/m) ?? [];
	const shown: PosEvent[] = [];
	const sockets: WebSocket[] = [];
	// A browser adds the page's origin by itself.
	class BrowserSocket extends WebSocket {
		constructor(url: string) {
			super(url, { headers: { origin } } as never);
			sockets.push(this);
		}
	}
	const world = createContext({
		...{ WebSocket: BrowserSocket, console, setInterval, clearInterval },
		// It would come back for ever.
		setTimeout: () => undefined,
		show: (event: PosEvent) => void shown.push(event),
	});
	runInContext(page.replace(":7011/", `:${port}/`), world);
	runInContext(`connect(${JSON.stringify(token)})`, world);
	return {
		shown,
		close: () => {
			for (const socket of sockets) socket.close();
		},
	};
}

test("programs on all three sockets hear the same payment", async () => {
	const program = await connectPos({ host: "127.0.0.1", port: ports.tcp, token });
	onTestFinished(() => program.close());
	await program.call("events.subscribe", {});
	const page = openPage(ports.webSocket);
	onTestFinished(page.close);
	const customer = newCustomer();
	const scan = await show(stage, customer);
	const { operationId } = await start(program, customer, scan);
	const isEnd = ({ type, body }: PosEvent) =>
		type === "operation" && body.operationId === operationId && body.state === "settled";
	const end = await program.nextEvent(isEnd);
	expect((await ending(stage.pos, operationId)).seq).toBe(end.seq);
	await expect.poll(() => page.shown.find(isEnd)?.seq, { timeout: 10_000 }).toBe(end.seq);
});

test("a page of another site, and a program with another token, hear nothing", async () => {
	const url = `ws://127.0.0.1:${ports.webSocket}/kassad`;
	await expect(connectPos({ url, token, origin: "http://evil.example" })).rejects.toThrow(/403/);
	await expect(connectPos({ url, token })).rejects.toThrow(/403/);
	const wrong = { host: "127.0.0.1", port: ports.tcp, token: token.replace("0", "1") };
	await expect(connectPos(wrong)).rejects.toMatchObject({ data: { fault: "not-allowed" } });
});
