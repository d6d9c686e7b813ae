import type { ConfiguredPrinter } from "./office-config.ts";
import type { PrinterView } from "./printer-views.ts";

/** How a scanner is: whether its channel is open. */
export type ScannerState = {
	readonly state: "ready" | "away";
	/** Why it is away, for the technician; absent while it was not tried yet. */
	readonly detail?: string;
};

/** A scanner of the settings, and how it is. */
export type ScannerView = ScannerState & {
	readonly scanner: string;
	readonly driver: string;
	readonly path: string;
	/** Whether what it reads is kept out. */
	readonly paused: boolean;
};

/** A printer of the settings, and how it is. */
export type PrinterDeviceView = Omit<ConfiguredPrinter, "name"> & PrinterView;

export type DevicesView = {
	readonly scanners: readonly ScannerView[];
	readonly printers: readonly PrinterDeviceView[];
};
