import { FaultError } from "../model/fault.ts";
import { PortError } from "./gone.ts";

/** What kassad uses of an open device of node-hid (its class `HIDAsync`). */
export type HidDevice = {
	/** Input reports. The first listener starts the reading, one turn later. */
	on(event: "data", heard: (report: Uint8Array) => void): unknown;
	/** The device can no longer be read: it was unplugged. What comes with the event is a text that differs by system. */
	on(event: "error", lost: (why: unknown) => void): unknown;
	/** One output report, its id (00 when it has none) in front. Resolves with the bytes that left. */
	write(report: Buffer): Promise<number>;
	/** One feature report, its id in front. */
	sendFeatureReport(report: Buffer): Promise<number>;
	/** Resolves when the operating system's handle is closed. Rejects when it is closed already. */
	close(): Promise<void>;
};

/** One entry of what the system says is plugged in; a device with several collections has several. */
export type HidEntry = {
	readonly vendorId: number;
	readonly productId: number;
	readonly path?: string | undefined;
	readonly serialNumber?: string | undefined;
	readonly manufacturer?: string | undefined;
	readonly product?: string | undefined;
	readonly usagePage?: number | undefined;
	readonly usage?: number | undefined;
};

/** The functions of node-hid that kassad calls. */
export type HidLibrary = {
	setDriverType(type: "hidraw"): void;
	readonly HIDAsync: { open(path: string): Promise<HidDevice> };
	devicesAsync(): Promise<HidEntry[]>;
	getHidapiVersion(): string;
};

const remedy = "on Debian: apt-get install libudev1 libusb-1.0-0; serial scanners work without them";

/** Node's own code of an error, or the text of a prebuilt file that is missing, mean that the native part is not there. */
const nativePart =
	/Failed to find binding|cannot open shared object|ERR_DLOPEN_FAILED|Cannot find (module|package)/;

/**
 * Loads node-hid and does something with it. Loaded only now, because its native part needs libraries that a machine
 * without HID scanners may lack. On Linux it goes through hidraw: node-hid's other backend, libusb, tells neither
 * usage pages nor serial numbers and takes the device away from the kernel.
 * @throws {FaultError} `scanner-away` with what to install when it cannot be loaded; what `deed` throws else.
 */
export async function withHidLibrary<T>(
	deed: (library: HidLibrary) => Promise<T>,
	load: () => Promise<HidLibrary> = () => import("node-hid"),
): Promise<T> {
	try {
		const library = await load();
		if (process.platform === "linux") library.setDriverType("hidraw");
		return await deed(library);
	} catch (error) {
		if (error instanceof FaultError || !(error instanceof Error)) throw error;
		const code = "code" in error ? String(error.code) : "";
		if (!nativePart.test(`${code} ${error.message}`)) throw error;
		const first = error.message.split("\n")[0];
		const detail = `HID devices cannot be used on this machine: ${first}; ${remedy}`;
		throw new PortError("scanner-away", { reason: "failed", detail });
	}
}

/** Opens a HID device for reading and writing. @throws what node-hid throws, or as `withHidLibrary`. */
export function openHidDevice(path: string): Promise<HidDevice> {
	return withHidLibrary(({ HIDAsync }) => HIDAsync.open(path));
}

/** Why HID devices cannot be used on this machine, or undefined when they can. Opens nothing. */
export async function hidTrouble(load?: () => Promise<HidLibrary>): Promise<string | undefined> {
	try {
		await withHidLibrary(async (library) => library.getHidapiVersion(), load);
		return undefined;
	} catch (error) {
		return error instanceof FaultError ? error.detail : String(error);
	}
}
