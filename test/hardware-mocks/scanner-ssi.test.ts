import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { zebraSsi } from "../../drivers/scanners/zebra-ssi.ts";
import { plugSsiScanner, type SsiScanner, type SsiSettings } from "../../hardware-mocks/scanner/ssi.ts";
import type { Port } from "../../src/model/device.ts";
import type { Cut } from "../../src/model/read.ts";
import { openSerial } from "../../src/ports/serial.ts";
import { ssiReads$ } from "../../src/scan/ssi.ts";
import { told } from "../scan/ssi-kit.ts";

const plugged: SsiScanner[] = [];
const opened: Port[] = [];
let cuts: Cut[];

beforeEach(() => {
	cuts = [];
});

afterEach(async () => {
	for (const port of opened.splice(0)) await port.close();
	for (const scanner of plugged.splice(0)) await scanner.close();
});

const patient = { timeout: 20_000 };
const heard = () => cuts.map(told);
const until = (is: () => boolean) => vi.waitUntil(is, patient);

/** Plugs a scanner in, and listens to it by the driver's settings; a packet may pause longer on a busy machine. */
async function listen(settings: SsiSettings = {}) {
	const scanner = plugSsiScanner(join(tmpdir(), `ssi-${randomUUID()}`), settings);
	plugged.push(scanner);
	return { scanner, port: await hear(scanner) };
}

async function hear({ link }: SsiScanner): Promise<Port> {
	const port = await openSerial(link, zebraSsi.line);
	opened.push(port);
	ssiReads$({ ...zebraSsi.framing, answerMs: 1_500, gapMs: 400 }, port, 4_096).subscribe((cut) =>
		cuts.push(cut),
	);
	return port;
}

const isSetUp = ({ heard }: SsiScanner) => heard.some(({ opcode }) => opcode === 0xe9);
const bytes = (text: string) => Buffer.from(text, "latin1");

test("a scanner that sends raw text is made to send packets, and its codes are acknowledged", async () => {
	const { scanner } = await listen();
	expect(scanner.engine.sendsPackets).toBe(false);
	await until(() => isSetUp(scanner));
	expect(scanner.engine.sendsPackets).toBe(true);
	expect(await scanner.read(0x1c, bytes("HELLO\r\x1d\xff"))).toBe("acknowledged");
	expect(await scanner.read(0x03, bytes("AB-12"))).toBe("acknowledged");
	expect(heard()).toEqual(["qr: HELLO\r\x1d\xff", "code128: AB-12"]);
});

test("a long code and a picture come whole in many packets", async () => {
	const { scanner } = await listen({ mostData: 40 });
	await until(() => isSetUp(scanner));
	const long = "0123456789".repeat(100);
	const jpeg = Buffer.concat([Buffer.from("ffd8ffe0", "hex"), Buffer.alloc(2_000, 7)]);
	expect(await scanner.read(0x11, bytes(long))).toBe("acknowledged");
	expect(await scanner.picture(Buffer.concat([Buffer.alloc(10), jpeg]))).toBe("acknowledged");
	expect(heard()).toEqual([`pdf417: ${long}`, `jpeg: ${jpeg.toString("hex")}`]);
});

test("a lost acknowledgement makes no second scan", async () => {
	const { scanner } = await listen({ answerMs: 800 });
	await until(() => isSetUp(scanner));
	scanner.loseAnswers(2);
	expect(await scanner.read(0x1c, bytes("once"))).toBe("acknowledged");
	expect(await scanner.read(0x1c, bytes("once"))).toBe("acknowledged");
	expect(heard()).toEqual(["qr: once", "qr: once"]);
});

test("a scanner whose every acknowledgement is lost gives up, and the code came once", async () => {
	const { scanner } = await listen({ answerMs: 800 });
	await until(() => isSetUp(scanner));
	scanner.loseAnswers(3);
	expect(await scanner.read(0x1c, bytes("once"))).toBe("given-up");
	expect(heard()).toEqual(["qr: once"]);
});

test("a packet that was damaged on its way comes right the second time", async () => {
	const { scanner } = await listen({ answerMs: 5_000, mostData: 40 });
	await until(() => isSetUp(scanner));
	scanner.damagePackets(1);
	const long = "x".repeat(100);
	expect(await scanner.read(0x1b, bytes(long))).toBe("acknowledged");
	expect(heard()).toEqual(["checksum: 46", `datamatrix: ${long}`]);
});

test("a parameter that the scanner lacks keeps it from nothing else", async () => {
	const { scanner } = await listen({ lacks: [0x2d] });
	await until(() => isSetUp(scanner));
	expect(scanner.engine.sendsPackets).toBe(true);
});

test("a scanner that lost its power is set up again after one read that is none", async () => {
	const { scanner } = await listen();
	await until(() => isSetUp(scanner));
	scanner.restart();
	expect(await scanner.read(0x1c, bytes("lost"))).toBe("raw");
	await until(() => scanner.engine.sendsPackets);
	expect(await scanner.read(0x1c, bytes("found"))).toBe("acknowledged");
	expect(heard()).toEqual(["unfinished: 4", "qr: found"]);
});

test("a scanner that takes no packets is left alone, and what it sends is told as no read", async () => {
	const { scanner } = await listen({ isDeaf: true });
	expect(await scanner.read(0x1c, bytes("4601234567893\r"))).toBe("raw");
	await until(() => cuts.length > 0);
	expect(heard()).toEqual(["unfinished: 14"]);
});

test("the driver's packets switch the scanner off and on, and make it beep", async () => {
	const { scanner, port } = await listen();
	await until(() => isSetUp(scanner));
	const { disable, enable, ...others } = zebraSsi.deeds;
	await port.write(Uint8Array.from(disable));
	await until(() => !scanner.engine.isEnabled);
	expect(await scanner.read(0x1c, bytes("HELLO"))).toBe("disabled");
	for (const deed of [enable, ...Object.values(others)]) await port.write(Uint8Array.from(deed));
	await until(() => scanner.engine.isEnabled && scanner.engine.beeps.length === 2);
	expect(scanner.engine.beeps).toEqual([0x00, 0x12]);
	expect(scanner.heard.map(({ opcode }) => opcode)).toEqual(expect.arrayContaining([0xe4, 0xe5]));
});

test("after a replug the scanner is set up again by the next conversation", async () => {
	const { scanner, port } = await listen();
	await until(() => isSetUp(scanner));
	await scanner.unplug();
	await port.gone;
	scanner.restart();
	scanner.replug();
	await hear(scanner);
	await until(() => scanner.engine.sendsPackets);
	expect(await scanner.read(0x1c, bytes("back"))).toBe("acknowledged");
	expect(heard()).toEqual(["qr: back"]);
});
