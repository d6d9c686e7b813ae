import type { z } from "zod";
import { check } from "./check.ts";
import type { ConfigView } from "./office-config.ts";
import type { DevicesView } from "./office-devices.ts";
import { configGetParams, deviceListParams } from "./office-schema.ts";

/** What the till tells of itself to whoever keeps it; each may reject with a {FaultError}. */
export type OfficeMethods = {
	readonly "config.get": (params: z.infer<typeof configGetParams>) => Promise<ConfigView>;
	readonly "device.list": (params: z.infer<typeof deviceListParams>) => Promise<DevicesView>;
};

/** These methods behind their schemas. */
export function officeCalls(methods: OfficeMethods): [string, (params: unknown) => Promise<object>][] {
	return [
		["config.get", (params) => methods["config.get"](check(configGetParams, params))],
		["device.list", (params) => methods["device.list"](check(deviceListParams, params))],
	];
}
