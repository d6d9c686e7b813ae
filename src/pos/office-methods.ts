import type { z } from "zod";
import { check } from "./check.ts";
import type { ConfigView } from "./office-config.ts";
import type { DevicesView } from "./office-devices.ts";
import type { ReportView, ShiftView } from "./office-report.ts";
import {
	configGetParams,
	deviceListParams,
	reportReadParams,
	shiftCloseParams,
	shiftListParams,
	shiftOpenParams,
} from "./office-schema.ts";
import { withHash } from "./with-hash.ts";

/** What the till tells of itself, and of its days, to whoever keeps it; each may reject with a {FaultError}. */
export type OfficeMethods = {
	readonly "config.get": (params: z.infer<typeof configGetParams>) => Promise<ConfigView>;
	readonly "device.list": (params: z.infer<typeof deviceListParams>) => Promise<DevicesView>;
	readonly "report.read": (params: z.infer<typeof reportReadParams>) => Promise<ReportView>;
	/** @param hash of the wish without its key, see `bodyHash`. */
	readonly "shift.open": (params: z.infer<typeof shiftOpenParams>, hash: string) => Promise<ShiftView>;
	/** Answers the first part of the shift's report. */
	readonly "shift.close": (params: z.infer<typeof shiftCloseParams>, hash: string) => Promise<ReportView>;
	readonly "shift.list": (
		params: z.infer<typeof shiftListParams>,
	) => Promise<{ readonly shifts: readonly ShiftView[]; readonly next?: number }>;
};

/** These methods behind their schemas. */
export function officeCalls(methods: OfficeMethods): [string, (params: unknown) => Promise<object>][] {
	return [
		["config.get", (params) => methods["config.get"](check(configGetParams, params))],
		["device.list", (params) => methods["device.list"](check(deviceListParams, params))],
		["report.read", (params) => methods["report.read"](check(reportReadParams, params))],
		["shift.open", withHash(shiftOpenParams, methods["shift.open"])],
		["shift.close", withHash(shiftCloseParams, methods["shift.close"])],
		["shift.list", (params) => methods["shift.list"](check(shiftListParams, params))],
	];
}
