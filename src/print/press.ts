import type { Clock } from "../model/clock.ts";
import type { FaultCode } from "../model/fault.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import type { Channel } from "./channel.ts";
import type { Owed } from "./questions.ts";
import type { Watch } from "./watch.ts";

/** A printer as a block that is being printed sees it. */
export type Press = {
	readonly driver: PrinterDriver;
	readonly deadlines: Omit<PrinterSettings["deadlines"], "connectMs">;
	readonly channel: Channel;
	readonly watch: Watch;
	readonly owed: Owed;
	readonly clock: Clock;
};

/** What a caller hears while its block is being printed. */
export type PrintHooks = {
	/** The first byte is about to leave; a failure in it keeps the block from being sent. */
	readonly begun: () => void;
	/** The printer stopped in the middle (paper out, cover): it waits up to `reloadMs` for somebody to help. */
	readonly waits?: (fault: FaultCode) => void;
	/** Whether the block before may have broken off in the middle of a command: then that one is ended first. */
	readonly afterBroken?: boolean;
};
