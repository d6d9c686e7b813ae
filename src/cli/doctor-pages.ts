import { networkInterfaces } from "node:os";
import type { Settings } from "../model/settings/settings.ts";
import { type Check, callSupport, green, red, skipped, type Verdict } from "./doctor-check.ts";
import { type Door, openPeer } from "./doctor-peer.ts";

type WebSocketDoor = NonNullable<Settings["socket"]["webSocket"]>;
type Page = { readonly host: string; readonly origin: string | undefined };

const evil = "evil.example";
const own = ({ host, port, origins: [origin] }: WebSocketDoor): Page => ({ host: `${host}:${port}`, origin });

/** Pages of a browser of this machine that would like a WebSocket (RFC 6455, section 10.2). */
const pages: readonly (readonly [name: string, title: string, page: (door: WebSocketDoor) => Page])[] = [
	[
		"foreign-origin",
		"a page of another origin is refused",
		(door) => ({ ...own(door), origin: `http://${evil}` }),
	],
	["no-origin", "whoever hides the origin is refused", (door) => ({ ...own(door), origin: undefined })],
	["null-origin", "a page without an origin is refused", (door) => ({ ...own(door), origin: "null" })],
	// A page whose own name has been pointed at this machine: DNS rebinding.
	[
		"wrong-host",
		"a page that feigns this machine's name is refused",
		(door) => ({ ...own(door), host: `${evil}:${door.port}` }),
	],
];

/** Who comes to the doors from where nobody should. */
export const pageChecks: readonly Check[] = [
	...pages.map(
		([name, title, page]): Check => ({
			...{ name, title: `WebSocket: ${title}`, attacks: true },
			run: async ({ socket: { webSocket } }) =>
				webSocket === null
					? skipped("socket.webSocket is null: there is no such door")
					: upgrade(webSocket, page(webSocket)),
		}),
	),
	{
		...{ name: "other-machines", title: "other machines reach no door", attacks: true },
		run: async ({ socket: { tcp, webSocket } }) => {
			const ports = [tcp, webSocket].flatMap((door) => (door === null ? [] : [door.port]));
			return ports.length === 0 ? skipped("there is no door but the Unix socket") : fromOutside(ports);
		},
	},
];

async function upgrade(door: WebSocketDoor, { host, origin }: Page): Promise<Verdict> {
	// Its path is that of the page, and no file.
	const peer = await openPeer({ host: door.host, port: door.port });
	try {
		await peer.send(
			[
				`GET ${door.path} HTTP/1.1`,
				`Host: ${host}`,
				...(origin === undefined ? [] : [`Origin: ${origin}`]),
				"Connection: Upgrade",
				"Upgrade: websocket",
				"Sec-WebSocket-Version: 13",
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
				"\r\n",
			].join("\r\n"),
		);
		const status = /^HTTP\/1\.1 (\d{3})/.exec((await peer.answer()) ?? "")?.[1];
		if (status === "403") return green("HTTP 403");
		return red(
			status === "101" ? "it got its WebSocket" : `HTTP ${status ?? "without an answer"}`,
			callSupport,
		);
	} finally {
		peer.close();
	}
}

/** By every address that other machines might know this one by. */
async function fromOutside(ports: readonly number[]): Promise<Verdict> {
	const addresses = Object.values(networkInterfaces())
		.flatMap((cards) => cards ?? [])
		// A link-local address of IPv6 needs the name of its card besides.
		.filter(({ internal, scopeid = 0 }) => !internal && scopeid === 0)
		.map(({ address }) => address);
	if (addresses.length === 0) return skipped("this machine has no address that others know");
	const doors = addresses.flatMap((host) => ports.map((port) => ({ host, port })));
	const opened = (await Promise.all(doors.map(isOpened))).flatMap((isOpen, index) => {
		const { host, port } = doors[index] ?? {};
		return isOpen ? [`${host} port ${port}`] : [];
	});
	if (opened.length === 0) return green(`tried ${doors.length}: ${addresses.join(", ")}`);
	return red(
		`somebody answers at ${opened.join(", ")}`,
		"If it is another program, give kassad another port. If it is kassad, or a program that forwards to it (a container, a proxy, ssh -L): stop that.",
	);
}

async function isOpened(door: Door): Promise<boolean> {
	const peer = await openPeer(door).catch(() => undefined);
	peer?.close();
	return peer !== undefined;
}
