import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { concat, filter, firstValueFrom, map, NEVER, of, timeout } from "rxjs";
import { afterAll, expect, test } from "vitest";
import { honeywellSerial } from "../../drivers/scanners/honeywell-serial.ts";
import { zebraSsi } from "../../drivers/scanners/zebra-ssi.ts";
import { openPty } from "../../hardware-mocks/scanner/pty.ts";
import { plugSsiScanner } from "../../hardware-mocks/scanner/ssi.ts";
import type { Port, ScannerDriver } from "../../src/model/device.ts";
import { openSerial } from "../../src/ports/serial.ts";
import { openDecoder } from "../../src/scan/pictures/decoder.ts";
import { scans$ } from "../../src/scan/scans.ts";
import { scannerOf } from "../../src/scanners/scanners.ts";
import { kinds, symbolPng } from "../scan/pictures/drawing.ts";
import { tools } from "../scan/scans-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "kassad-pictures-"));
const limits = { deadlineMs: 20_000, mostBytes: 1_000_000, mostPixels: 2_000_000, mostSymbols: 4 };
const decoder = openDecoder({ engine: "zxing-wasm", ...limits });

afterAll(async () => {
	await decoder.close();
	rmSync(folder, { recursive: true });
});

const card = "771234567890123A1G97N967";
const line = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;

/** The next scan of a scanner of this family, in as few words as say all. */
function nextScan(driver: ScannerDriver, port: Port) {
	const own = { framing: null, aim: null, codeIds: null, acknowledges: null, pictures: null };
	const scanner = scannerOf({ name: "front", mostFrameBytes: 8_192, ...own }, driver, limits);
	const presences = concat(of({ state: "open" as const, port }), NEVER);
	const scan$ = scans$(scanner, presences, { ...tools(), decoder }).pipe(
		filter((news) => news.type === "scan"),
		map(({ scan }) => {
			if (scan.kind !== "payable") return scan.kind;
			const { cardNumber, cardSession, password, symbology } = scan;
			const parts = [cardNumber, cardSession, password].map((secret) => secret.reveal());
			return [symbology, ...parts];
		}),
		timeout(20_000),
	);
	return firstValueFrom(scan$);
}

const symbologies = { code128: "code128", pdf417: "pdf417", datamatrix: "datamatrix", qrcode: "qr" } as const;
const parts = ["1234567890123", "A1G97N", "967"];

test.each(kinds)("a card in %s is the same scan from a Zebra's picture, sent in packets", async (kind) => {
	const scanner = plugSsiScanner(join(folder, `ssi-${kind}`), { sendsPackets: true });
	const port = await openSerial(scanner.link, line);
	const scan = nextScan(zebraSsi, port);
	const header = Buffer.alloc(10);
	expect(await scanner.picture(Buffer.concat([header, await symbolPng(kind, card, 3)]))).toBe("acknowledged");
	expect(await scan).toEqual([symbologies[kind], ...parts]);
	await port.close();
	await scanner.close();
});

test.each(kinds)(
	"a card in %s is the same scan from a Honeywell's picture, between its reads",
	async (kind) => {
		const pty = openPty(() => undefined);
		const port = await openSerial(pty.path, line);
		const scan = nextScan(honeywellSerial, port);
		const body = Buffer.concat([Buffer.from("IMGSHP2P6F\x1d", "latin1"), await symbolPng(kind, card, 3)]);
		const length = Buffer.alloc(4);
		length.writeUInt32LE(body.length);
		await pty.write(Buffer.concat([Buffer.from([0x16, 0xfe]), length, Buffer.from([0x0d]), body]));
		expect(await scan).toEqual([symbologies[kind], ...parts]);
		await port.close();
		await pty.close();
	},
);
