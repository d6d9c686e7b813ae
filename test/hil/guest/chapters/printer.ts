import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { begin, fact, until, within } from "../fact.ts";
import { kassad } from "../till.ts";
import { receiptPrinter } from "../usb-device.ts";

const file = "/dev/usb/lp0";
/** Start from a known state, a line, paper cut. */
const slip = "\\033@Slip\\n\\035V\\000";
const bytes = Buffer.from("\u001b@Slip\n\u001dV\0", "latin1");

/** The rules of the chapter before are in force. */
export async function tellPrinter(): Promise<void> {
	begin("A USB receipt printer");
	await using printer = receiptPrinter({
		vendorId: "04b8",
		productId: "0e28",
		maker: "EPSON",
		product: "TM-T20III",
		serial: "P0001",
	});
	await fact("the udev rules give it to kassad's user, and what that user writes arrives", async () => {
		await printer.plug(0);
		await until("the printer's file to be kassad's", () => ownerOf(file) === kassad);
		// A writer waits for as long as the printer does not take its bytes, so it is a process of its own.
		const writer = spawn("sh", ["-c", `printf '${slip}' > ${file}`], {
			uid: kassad,
			gid: kassad,
			stdio: ["ignore", "ignore", "inherit"],
		});
		const [code] = await within(20_000, once(writer, "exit"), "writing");
		if (code !== 0) throw new Error(`writing ended with ${code}`);
		await until("the bytes", () => bytes.equals(printer.received()));
		return undefined;
	});
	await printer.unplug();
}

function ownerOf(path: string): number | undefined {
	return statSync(path, { throwIfNoEntry: false })?.gid;
}
