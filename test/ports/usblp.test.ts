import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstValueFrom } from "rxjs";
import { expect, test } from "vitest";
import { openUsblp } from "../../src/ports/usblp.ts";
import { printerPty } from "./printer-pty.ts";

test("a device file is written and read", async () => {
	const printer = printerPty();
	printer.listen();
	const port = await openUsblp(printer.path);
	await port.write(Uint8Array.of(0x10, 0x04, 0x04));
	await expect.poll(() => [...printer.received()]).toEqual([0x10, 0x04, 0x04]);
	printer.say(Uint8Array.of(0x12));
	expect([...(await firstValueFrom(port.bytes$))]).toEqual([0x12]);
	await port.close();
	printer.close();
});

test("a printer that is not plugged in is told with what to do", async () => {
	await expect(openUsblp("/dev/usb/lp15")).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "unplugged" },
		detail: expect.stringMatching(/^\/dev\/usb\/lp15: ENOENT.*; plug it in and switch it on/),
	});
});

test("a file is no printer's device", async () => {
	const file = join(mkdtempSync(join(tmpdir(), "kassad-")), "file");
	writeFileSync(file, "");
	await expect(openUsblp(file)).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: `${file}: this is no device; a file or FIFO is opened with by: file`,
	});
});
