/**
 * The least program that does what the road from key press to wire must do, without kassad: a line arrives on a
 * Unix socket, one row is committed to disk (WAL, FULL), one POST leaves on a warm connection.
 * `BARE_AUTHORIZATION=... node bare-pay.ts SOCKET DATABASE URL CAFILE`
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { Pool } from "undici";

const [socketPath, databasePath, url, caFile] = process.argv.slice(2) as [string, string, string, string];
const authorization = process.env.BARE_AUTHORIZATION ?? "";

const database = new DatabaseSync(databasePath);
database.exec(
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE wishes (id TEXT, body TEXT)",
);
const insert = database.prepare("INSERT INTO wishes VALUES (?, ?)");

const { origin, pathname } = new URL(url);
const pool = new Pool(origin, {
	connections: 1,
	connect: { ca: readFileSync(caFile, "utf8") },
	keepAliveTimeout: 600_000,
});
const base = `${pathname.replace(/\/$/, "")}/api/v1/merchant`;

/** What the line asks for: a call of the Pay API by its path, the header `token` if it has one, and the body. */
type Wish = { readonly path: string; readonly token?: string; readonly body: { readonly requestId: string } };

async function answer(line: string): Promise<string> {
	const { path, token, body }: Wish = JSON.parse(line);
	const text = JSON.stringify(body);
	insert.run(body.requestId, text);
	const reply = await pool.request({
		method: "POST",
		path: `${base}/${path}`,
		headers: { authorization, ...(token && { token }), "content-type": "application/json" },
		body: text,
	});
	return reply.body.text();
}

const warm = await pool.request({ method: "HEAD", path: "/" });
await warm.body.dump();

createServer((socket) => {
	let rest = "";
	socket.setEncoding("utf8").on("data", async (piece) => {
		rest += piece;
		const end = rest.indexOf("\n");
		if (end < 0) return;
		const line = rest.slice(0, end);
		rest = rest.slice(end + 1);
		socket.write(`${await answer(line)}\n`);
	});
}).listen(socketPath, () => process.stdout.write("ready\n"));
