import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { openSpooler } from "../../src/ports/spooler.ts";

let share: string;
beforeEach(() => {
	share = join(mkdtempSync(join(tmpdir(), "share-")), "Receipt");
});

test("each write is one file, whole, and close makes none", async () => {
	const port = await openSpooler(share, "win32");
	expect(existsSync(share)).toBe(false);
	await port.write(Buffer.from("a long receipt"));
	expect(readFileSync(share, "utf8")).toBe("a long receipt");
	await port.write(Buffer.from("short"));
	expect(readFileSync(share, "utf8")).toBe("short");
	await port.close();
	expect(readFileSync(share, "utf8")).toBe("short");
	expect(await port.gone).toMatchObject({ reason: "closed" });
});

test("a share that is not there fails the write with what to do, and ends the port", async () => {
	const port = await openSpooler(join(share, "nowhere"), "win32");
	await expect(port.write(Buffer.from("x"))).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringMatching(/ENOENT.*share the printer/),
	});
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
});

test("elsewhere than on Windows it is refused, and no file of that name is made", async () => {
	await expect(openSpooler("\\\\localhost\\Receipt", "linux")).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringContaining("only Windows"),
	});
	expect(existsSync("\\\\localhost\\Receipt")).toBe(false);
});
