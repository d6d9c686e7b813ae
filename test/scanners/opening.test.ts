import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Subject } from "rxjs";
import { expect, test } from "vitest";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import { openScanner } from "../../src/scanners/opening.ts";
import { keptLog } from "../scan/kept-log.ts";

test("a serial scanner that is open looks at its device file when what is plugged in changes, until it is closed", async () => {
	const { link, close } = plugScanner(join(tmpdir(), `scanner-${randomUUID()}`));
	const unset = { line: null, framing: null, aim: null, codeIds: null, acknowledges: null, pictures: null };
	const settings = { name: "till", path: link, driver: "serial-generic", mostFrameBytes: 8_192, ...unset };
	const plugs$ = new Subject<void>();
	const port = await openScanner(settings, serialGeneric, keptLog().log, plugs$);
	expect(plugs$.observed).toBe(true);
	await port.close();
	expect(plugs$.observed).toBe(false);
	await close();
});
