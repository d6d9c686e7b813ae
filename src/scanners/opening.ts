import type { Observable } from "rxjs";
import type { Port, ScannerDriver, SerialLine } from "../model/device.ts";
import { FaultError, faultOf } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { ScannerSettings } from "../model/settings/devices.ts";
import { openHid } from "../ports/hid.ts";
import { inhibitKeys } from "../ports/inhibit.ts";
import { listPlugged } from "../ports/plugged.ts";
import { deviceName } from "../ports/plugged-name.ts";
import { openNamed } from "../ports/plugged-open.ts";
import { openSerial } from "../ports/serial.ts";

/** Of a scanner whose family has no line of its own. */
const usualLine: SerialLine = Object.freeze({
	baudRate: 9_600,
	dataBits: 8,
	parity: "none",
	stopBits: 1,
	flow: "none",
});

/**
 * Opens the scanner that the settings name, wherever it is plugged in now, and greets it as its family wants it.
 * @param plugs$ emits when what is plugged in has changed; then a serial line also ends when its device file is gone.
 * @throws {FaultError} `scanner-away` with what the technician can do.
 */
export async function openScanner(
	{ name, path, line }: ScannerSettings,
	driver: ScannerDriver,
	log: Log,
	plugs$?: Observable<unknown>,
): Promise<Port> {
	const named = deviceName(path);
	if (typeof named === "string") throw new FaultError("config-invalid", `scanner ${name}: path: ${named}`);
	const port = await openNamed(named, driver, listPlugged, async (found) => {
		if (driver.channel === "serial") {
			return openSerial(found, line ?? driver.line ?? usualLine, { looks$: plugs$ });
		}
		const opened = await openHid(found);
		return driver.framing.by === "keys" ? keepingKeysIn(found, opened, name, log) : opened;
	});
	await greet(port, driver, name, log);
	return port;
}

/**
 * A scanner that types would type into whatever program is in front, too. Nobody waits for the end of that: without the
 * right to it, it takes a second to know. Its keys are given back when kassad closes it.
 */
function keepingKeysIn(path: string, port: Port, scanner: string, log: Log): Port {
	const inhibiting = inhibitKeys(path);
	void inhibiting.then((keys) => {
		if (keys.state === "typing") {
			log.warn({ scanner, why: keys.why }, "what this scanner types also reaches the screen");
		}
	});
	return {
		...port,
		close: async () => {
			const keys = await inhibiting;
			if (keys.state === "inhibited") await keys.release();
			await port.close();
		},
	};
}

/** A scanner that does not take its greeting may read all the same: the log says so, and nothing ends. */
async function greet(port: Port, { greeting }: ScannerDriver, scanner: string, log: Log): Promise<void> {
	for (const { as, bytes } of greeting) {
		const report = Uint8Array.from(bytes);
		try {
			if (as === "output") await port.write(report);
			else await port.hid?.feature(report);
		} catch (error) {
			log.warn({ scanner, fault: faultOf(error) }, "the scanner did not take what it is greeted with");
		}
	}
}
