import type { MethodDescription } from "./description.ts";
import type { OfficeMethods } from "./office-methods.ts";
import { configResult, devicesResult } from "./office-results.ts";
import { configGetParams, deviceListParams } from "./office-schema.ts";

const store = { storeId: "5cd4a2f4-9a29-4f6c-a3f1-3b4d0d4b9a10", terminalId: "till-1" };
const lengths = (count: number) => ({ least: count, most: count });
const layout = { symbologies: ["qr"], prefix: "12", number: lengths(11), session: lengths(6) };
const front = { driver: "serial-generic", path: "/dev/ttyUSB0" };
const receipt = { driver: "generic-80mm", by: "tcp", at: "192.168.1.50:9100" };

/** The methods of the office: the till's settings, devices, reports and shifts. */
export const officeDescriptions = {
	"config.get": {
		summary: "What the settings say; nothing secret",
		...{ params: configGetParams, result: configResult, faults: [] },
		example: {
			params: {},
			result: {
				...{ language: "ru", environment: "test", address: "https://pay.example/shop", login: "shop" },
				...{ paymentTypes: ["SBP"], ownAuthority: false, ...store },
				brands: [{ name: "example", verifier: "builtin", passLength: 3, layouts: [layout] }],
				scanners: [{ name: "front", ...front }],
				printers: [{ name: "receipt", ...receipt }],
				...{ keepDays: 30, socket: "/run/kassad/kassad.sock" },
			},
		},
	},
	"device.list": {
		summary: "All scanners and printers, and how they are",
		...{ params: deviceListParams, result: devicesResult, faults: ["journal-failed"] },
		example: {
			params: {},
			result: {
				scanners: [{ scanner: "front", ...front, state: "ready", paused: false }],
				printers: [{ printer: "receipt", ...receipt, state: "unreadable", held: false, waiting: 0 }],
			},
		},
	},
} as const satisfies Record<keyof OfficeMethods, MethodDescription>;
