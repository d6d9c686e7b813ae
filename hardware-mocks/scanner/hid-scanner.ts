import type { Symbology } from "../../src/model/scan.ts";
import { HidDeviceMock, type HostReport } from "./hid-device.ts";
import { type HidForm, hidReports } from "./hid-kinds.ts";
import { honeywellMenuReply } from "./hid-reports.ts";

/** A HID scanner that is not there. */
export type MockHidScanner = {
	/** What opens it in place of node-hid's `HIDAsync.open`. Rejects while it is unplugged. */
	open(path: string): Promise<HidDeviceMock>;
	/** What the host has sent since the scanner was first plugged in. */
	readonly received: readonly HostReport[];
	/** Sends these reports and no others; they are lost while nobody has opened the scanner. */
	send(...reports: Uint8Array[]): void;
	/** Reads a barcode. Returns the reports that it sent. */
	show(symbology: Symbology, content: string | Uint8Array): Uint8Array[];
	/** Pulls the cable. */
	unplug(): void;
	/** Puts the cable back: the host has to open it again. */
	replug(): void;
};

type Manners = {
	/** Says nothing until the host has greeted it: a Honeywell with its mode switch, an IBM with "enable scanner". */
	readonly isSilentAtFirst?: boolean;
};

/** Plugs in a scanner that puts its codes into reports in this form. */
export function plugHidScanner(form: HidForm, { isSilentAtFirst = false }: Manners = {}): MockHidScanner {
	const received: HostReport[] = [];
	let device: HidDeviceMock | undefined;
	let isThere = true;
	let isSilent = isSilentAtFirst;
	const send = (...reports: Uint8Array[]) => {
		for (const report of reports) device?.send(report);
	};
	const take = (report: HostReport) => {
		received.push(report);
		if (form === "ibm")
			isSilent = report.bytes[1] === ibm.disable || (isSilent && report.bytes[1] !== ibm.enable);
		else isSilent &&= report.as !== "feature";
		send(...answersTo(form, report));
	};
	return {
		received,
		send,
		open: async (path) => {
			if (!isThere) throw new TypeError(`cannot open device with path ${path}`);
			device = new HidDeviceMock(take);
			return device;
		},
		show: (symbology, content) => {
			const reports = isSilent ? [] : hidReports(form, symbology, content);
			send(...reports);
			return reports;
		},
		unplug: () => {
			isThere = false;
			device?.pull();
			device = undefined;
		},
		replug: () => {
			isThere = true;
			isSilent = isSilentAtFirst;
		},
	};
}

const ibm = { enable: 0x11, disable: 0x12 } as const;

/** Status and no label: count, beeper on, alive and enabled. */
const ibmStatus = Uint8Array.from([0x04, 0x10, 0x03, ...new Array<number>(61).fill(0)]);

/** What stands in front of a Honeywell's menu command, behind report id and length: SYN M CR. */
const menuStart = "\x16M\r";

/** An IBM scanner answers every command with its status; a Honeywell answers menu commands. */
function answersTo(form: HidForm, { as, bytes }: HostReport): Uint8Array[] {
	if (form === "ibm") return as === "output" ? [ibmStatus] : [];
	const text = Buffer.from(bytes.subarray(2)).toString("latin1");
	if (form !== "honeywell" || bytes[0] !== 0xfd || !text.startsWith(menuStart)) return [];
	return honeywellMenuReply(text.slice(menuStart.length), "Product Name: a scanner");
}
