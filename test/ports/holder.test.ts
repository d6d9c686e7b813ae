import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import { holdersOf } from "../../src/ports/holder.ts";
import { openSerial } from "../../src/ports/serial.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).toReversed()) await close();
});

/** Another program that holds a device file, as serialport does: locked. */
async function otherProgram(path: string) {
	const program = `
		import { SerialPort } from "serialport";
		const port = new SerialPort({ path: ${JSON.stringify(path)}, baudRate: 9600 });
		port.on("open", () => console.log("open"));
		port.on("data", () => undefined);
		setInterval(() => undefined, 1_000);`;
	const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	closing.push(async () => {
		const gone = once(child, "exit");
		child.kill("SIGKILL");
		await gone;
	});
	await once(child.stdout, "data");
	return child.pid ?? 0;
}

function plug() {
	const scanner = plugScanner(join(mkdtempSync(join(tmpdir(), "holder-")), "scanner"));
	closing.push(() => scanner.close());
	return scanner.link;
}

test("a line that another program has locked is refused with that program's name and number", async () => {
	const link = plug();
	const pid = await otherProgram(link);
	expect(await holdersOf(link)).toContainEqual({ pid, name: "node" });
	await expect(openSerial(link, serialGeneric.line)).rejects.toMatchObject({
		code: "scanner-away",
		gone: { reason: "refused" },
		detail: expect.stringMatching(
			new RegExp(`it is held by .*\\(pid ${pid}\\).*; end the program that holds it`),
		),
	});
});

/** A made-up /proc with programs that have files open. */
function procWith(programs: Record<string, { name?: string; files: string[] }>) {
	const proc = mkdtempSync(join(tmpdir(), "proc-"));
	for (const [pid, { name, files }] of Object.entries(programs)) {
		mkdirSync(join(proc, pid, "fd"), { recursive: true });
		if (name !== undefined) writeFileSync(join(proc, pid, "comm"), `${name}\n`);
		for (const [fd, file] of files.entries()) symlinkSync(file, join(proc, pid, "fd", String(fd)));
	}
	return proc;
}

test("every program that has the file open is told, whatever else it has open", async () => {
	const proc = procWith({
		123: { name: "chrome", files: ["/dev/null", "/dev/hidraw0"] },
		124: { name: "sh", files: ["/dev/null"] },
		125: { files: ["/dev/hidraw0", "/dev/hidraw0"] },
		126: { name: "evil\u001b[2J", files: ["/dev/hidraw0"] },
		self: { name: "kassad", files: ["/dev/hidraw0"] },
	});
	expect(await holdersOf("/dev/hidraw0", proc)).toEqual([
		{ pid: 123, name: "chrome" },
		{ pid: 125, name: "" },
		{ pid: 126, name: "evil?[2J" },
	]);
});

test("where there is no /proc nobody is told", async () => {
	expect(await holdersOf("/dev/hidraw0", "/none")).toEqual([]);
});
