import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import type { Port, SerialLine } from "../../src/model/device.ts";
import { openSerial } from "../../src/ports/serial.ts";
import { heard } from "./heard.ts";

const { line } = serialGeneric;
let scanner: MockScanner;
let opened: Port[];

beforeEach(() => {
	scanner = plugScanner(join(tmpdir(), `scanner-${randomUUID()}`));
	opened = [];
});

afterEach(async () => {
	for (const port of opened) await port.close();
	await scanner.close();
});

async function open(path = scanner.link, settings: SerialLine = line): Promise<Port> {
	const port = await openSerial(path, settings);
	opened.push(port);
	return port;
}

test("a scanner that says XOFF is sent nothing until it says XON, and neither is part of what arrives", async () => {
	const port = await open(scanner.link, { ...line, flow: "xon-xoff" });
	const hearing = heard(port, 2);
	await scanner.send(Uint8Array.of(0x61, 0x13, 0x62));
	expect((await hearing).toString()).toBe("ab");
	const writing = port.write(Buffer.from("held"));
	const meanwhile = heard(port, 1);
	await scanner.send(Buffer.from("c"));
	expect((await meanwhile).toString()).toBe("c");
	expect(scanner.received).toHaveLength(0);
	// After XON the held bytes are sent.
	await scanner.send(Uint8Array.of(0x11));
	await writing;
	await expect.poll(() => Buffer.from(scanner.received).toString(), { timeout: 20_000 }).toBe("held");
});

test("a write that XOFF holds is rejected at the unplug", async () => {
	const port = await open(scanner.link, { ...line, flow: "xon-xoff" });
	const hearing = heard(port, 1);
	await scanner.send(Uint8Array.of(0x13, 0x61));
	await hearing;
	const refused = expect(port.write(Buffer.from("held"))).rejects.toMatchObject({ code: "scanner-away" });
	await scanner.unplug();
	await refused;
});

test("without flow control XON and XOFF are bytes like any other", async () => {
	const port = await open();
	const hearing = heard(port, 4);
	await scanner.send(Uint8Array.of(0x61, 0x13, 0x11, 0x62));
	expect([...(await hearing)]).toEqual([0x61, 0x13, 0x11, 0x62]);
});

test("a printer that says XOFF keeps a block waiting, and takes all of it after XON", async () => {
	const block = Buffer.from(Array.from({ length: 100_000 }, (_, index) => 0x20 + (index % 0x5f)));
	const port = await open(scanner.link, { ...line, flow: "xon-xoff" });
	const hearing = heard(port, 2);
	await scanner.send(Uint8Array.of(0x61, 0x13, 0x62));
	await hearing;
	const writing = port.write(block);
	const meanwhile = heard(port, 1);
	await scanner.send(Buffer.from("c"));
	await meanwhile;
	expect(scanner.received).toHaveLength(0);
	await scanner.send(Uint8Array.of(0x11));
	await writing;
	await expect.poll(() => Buffer.from(scanner.received).equals(block), { timeout: 20_000 }).toBe(true);
});

test("a printer that holds us back for ever keeps close for two seconds, and then its line can be opened again", async () => {
	const port = await open(scanner.link, { ...line, flow: "xon-xoff" });
	const hearing = heard(port, 2);
	await scanner.send(Uint8Array.of(0x61, 0x13, 0x62));
	await hearing;
	const refused = expect(port.write(Buffer.alloc(10_000, 0x55))).rejects.toMatchObject({
		gone: { reason: "closed" },
	});
	await port.close();
	await refused;
	const again = await open();
	await again.write(Buffer.from("slip"));
	await expect.poll(() => Buffer.from(scanner.received).toString(), { timeout: 20_000 }).toContain("slip");
});
