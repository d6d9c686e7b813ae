import { spawn, spawnSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { HOTP, Secret } from "otpauth";
import { SerialPort } from "serialport";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";

let scanner: MockScanner;
let ports: SerialPort[];

beforeEach(() => {
	scanner = plugScanner(join(tmpdir(), `scanner-${randomUUID()}`));
	ports = [];
});

afterEach(async () => {
	for (const port of ports) if (port.isOpen) await closed(port);
	await scanner.close();
	rmSync(scanner.link, { force: true });
});

async function openHost(): Promise<SerialPort> {
	const port = new SerialPort({ path: scanner.link, baudRate: 9600, autoOpen: false });
	ports.push(port);
	await new Promise<void>((resolve, reject) => {
		port.open((error) => (error ? reject(error) : resolve()));
	});
	return port;
}

function closed(port: SerialPort): Promise<void> {
	return new Promise((resolve) => port.close(() => resolve()));
}

/**
 * A host that has read and waits for more. One that is just about to read when the cable goes
 * would read nothing for ever: serialport/bindings-cpp, issue 162.
 */
async function idleHost(): Promise<SerialPort> {
	const port = await openHost();
	port.on("data", () => port.write("heard"));
	await scanner.send(Buffer.from("are you there"));
	await vi.waitUntil(() => Buffer.from(scanner.received).toString().includes("heard"), { timeout: 20_000 });
	return port;
}

/** Collects until `length` bytes have come. */
function heardBy(port: SerialPort, length: number): Promise<Buffer> {
	return new Promise((resolve) => {
		let all = Buffer.alloc(0);
		const more = (chunk: Buffer) => {
			all = Buffer.concat([all, chunk]);
			if (all.length < length) return;
			port.off("data", more);
			resolve(all);
		};
		port.on("data", more);
	});
}

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test("all 256 bytes reach the host unchanged", async () => {
	const port = await openHost();
	const heard = heardBy(port, 256);
	await scanner.send(everyByte);
	expect([...(await heard)]).toEqual([...everyByte]);
});

test("any bytes in any pieces reach the host unchanged and in order", async () => {
	const port = await openHost();
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1 }),
			async (pieces) => {
				const whole = Buffer.concat(pieces);
				const heard = heardBy(port, whole.length);
				for (const piece of pieces) await scanner.send(piece);
				expect((await heard).equals(whole)).toBe(true);
			},
		),
		{ numRuns: 30 },
	);
});

test("what the host writes is received, all 256 bytes of it, and nothing of ours comes back as an echo", async () => {
	const port = await openHost();
	const heard = heardBy(port, 3);
	await scanner.send(Buffer.from("abc"));
	await heard;
	port.write(everyByte);
	await vi.waitUntil(() => scanner.received.length >= 256, { timeout: 20_000 });
	expect([...scanner.received]).toEqual([...everyByte]);
});

test("the line neither echoes nor waits for whole lines before a host has set it", () => {
	const modes = spawnSync("stty", ["-F", scanner.link, "-a"], { encoding: "utf8" }).stdout;
	expect(modes).toMatch(/ -icanon /);
	expect(modes).toMatch(/ -echo /);
});

test("a host that comes back finds the scanner alive", async () => {
	await closed(await openHost());
	const port = await openHost();
	const heard = heardBy(port, 5);
	await scanner.send(Buffer.from("again"));
	expect((await heard).toString()).toBe("again");
});

test("pulling the cable closes the host's port as disconnected, and the link is gone", async () => {
	const port = await idleHost();
	const close = once(port, "close");
	await scanner.unplug();
	expect((await close)[0]).toMatchObject({ disconnected: true });
	expect(existsSync(scanner.link)).toBe(false);
	await expect(scanner.send(everyByte)).rejects.toThrow("unplugged");
});

test("a program that was started while the scanner was plugged in does not keep its line alive", async () => {
	const child = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });
	const port = await idleHost();
	const close = once(port, "close");
	await scanner.unplug();
	await close;
	child.stdin.end();
	await once(child, "exit");
});

test("the scanner works again under the same link after it was plugged back in", async () => {
	const port = await idleHost();
	const close = once(port, "close");
	await scanner.unplug();
	await close;
	scanner.replug();
	const heard = heardBy(await openHost(), 4);
	await scanner.send(Buffer.from("back"));
	expect((await heard).toString()).toBe("back");
	expect(realpathSync(scanner.link)).toMatch(/^\/dev\/pts\/\d+$/);
});

test("plugging in takes the place of a link that an earlier run left behind", async () => {
	const second = plugScanner(scanner.link);
	const heard = heardBy(await openHost(), 3);
	await second.send(Buffer.from("new"));
	expect((await heard).toString()).toBe("new");
	await second.close();
});

test("a card that can pay is prefix, number, session and the password of the moment, with AIM identifier and CR", async () => {
	const port = await openHost();
	const key = "00112233445566778899aabbccddeeff";
	const at = Date.UTC(2026, 0, 2, 3, 4, 5);
	const cardKey = createHmac("sha256", Buffer.from(key, "hex")).update("C1123456789012").digest();
	const secret = new Secret({ buffer: Uint8Array.from(cardKey).buffer });
	const password = HOTP.generate({
		secret,
		algorithm: "SHA256",
		digits: 3,
		counter: Math.floor(at / 30_000),
	});
	const expected = `]C0C1123456789012AB12CD${password}\r`;
	const heard = heardBy(port, expected.length);
	const sent = await scanner.showCard({
		prefix: "C1",
		number: "123456789012",
		session: "AB12CD",
		key,
		at,
		symbology: "]C0",
	});
	expect((await heard).toString("latin1")).toBe(expected);
	expect(Buffer.from(sent).toString("latin1")).toBe(expected);
});

test("an old card is prefix and number alone", async () => {
	const sent = await scanner.showCard({ prefix: "C1", number: "123456789012", symbology: "]C0" });
	expect(Buffer.from(sent).toString("latin1")).toBe("]C0C1123456789012\r");
});

test("garbage is the same for the same seed and another for another", async () => {
	const first = await scanner.garbage(7, 64);
	expect(first).toHaveLength(64);
	expect(await scanner.garbage(7, 64)).toEqual(first);
	expect(await scanner.garbage(8, 64)).not.toEqual(first);
});
