import { writeFile } from "node:fs/promises";
import { Duplex } from "node:stream";
import type { Port } from "../model/device.ts";
import { goneBy, PortError } from "./gone.ts";
import { portOf } from "./port.ts";

const fault = "printer-unreachable";

const advice =
	"share the printer in its properties under this name, with a driver that passes bytes on (Generic / Text Only, RAW)";

/**
 * A printer that Windows shares, such as \\localhost\Receipt. Each write is one print job; the spooler takes it and
 * tells nothing of paper, ever. Nothing is asked before the first write.
 * @throws {FaultError} `printer-unreachable` elsewhere than on Windows, where such a path would be a file of that name.
 */
export async function openSpooler(path: string, platform: string = process.platform): Promise<Port> {
	if (platform !== "win32") {
		const detail = `${path}: only Windows has such printers; use by: file, usblp or tcp`;
		throw new PortError(fault, { reason: "failed", detail });
	}
	const stream = new Duplex({
		read: () => undefined,
		write: (bytes: Buffer, _, done) => {
			// `portOf` waits for what was written with an empty write, which is no job.
			if (bytes.length === 0) done();
			else
				writeFile(path, bytes).then(
					() => done(),
					(error: unknown) => done(refusal(path, error)),
				);
		},
	});
	const destroy = () => void stream.destroy();
	return portOf({ stream, name: path, fault, finish: destroy, abort: destroy });
}

function refusal(path: string, error: unknown): PortError {
	const { reason, detail } = goneBy(error);
	return new PortError(fault, { reason, detail: `${path}: ${detail}; ${advice}` });
}
