import type { FaultCode } from "../model/fault.ts";
import type { MethodDescription } from "./description.ts";
import type { OfficeMethods } from "./office-methods.ts";
import { configResult, devicesResult, reportResult, shiftListResult, shiftResult } from "./office-results.ts";
import {
	configGetParams,
	deviceListParams,
	reportReadParams,
	shiftCloseParams,
	shiftListParams,
	shiftOpenParams,
} from "./office-schema.ts";

const store = { storeId: "5cd4a2f4-9a29-4f6c-a3f1-3b4d0d4b9a10", terminalId: "till-1" };
const lengths = (count: number) => ({ least: count, most: count });
const layout = { symbologies: ["qr"], prefix: "12", number: lengths(11), session: lengths(6) };
const front = { driver: "serial-generic", path: "/dev/ttyUSB0" };
const receipt = { driver: "generic-80mm", by: "tcp", at: "192.168.1.50:9100" };

const wishFaults: readonly FaultCode[] = ["key-conflict", "terminal-unknown", "journal-failed"];
const shift = { number: 12, terminalId: "till-1", openedAt: "2026-11-24T05:00:00.000Z" };
const closed = { ...shift, closedAt: "2026-11-24T18:00:00.000Z" };
const paid = { kind: "payment", paymentType: "SBP" } as const;
const row = {
	...{ time: "2026-11-24T12:18:56.120Z", ...paid, state: "settled", amount: 123_456, orderId: "17" },
	...{ requestId: "0f6b1a52-2d5e-4b0d-8f0c-6d3f1a2b4c5d", terminalId: "till-1", shift: 12 },
	paymentTransactionId: "b1c7c1f0-4a3c-4f0a-9d7e-2f6a1b3c4d5e",
	slip: { paymentType: "SBP", totalAmount: 123_456 },
};
const report = {
	...{ from: closed.openedAt, to: closed.closedAt, storeId: store.storeId, terminalId: "till-1" },
	...{ shift: closed, head: "1234:0123456789abcdef" },
	sums: {
		totals: [{ ...paid, count: 1, sum: 123_456 }],
		...{ net: 123_456, unknown: 0, refused: 0, differing: 0 },
	},
	rows: [row],
};

/** The methods of the office: the till's settings, devices, reports and shifts. */
export const officeDescriptions = {
	"config.get": {
		summary: "What the settings say; nothing secret",
		...{ params: configGetParams, result: configResult, faults: [] },
		example: {
			params: {},
			result: {
				...{ language: "ru", environment: "test", address: "https://pay.example/shop", login: "shop" },
				...{ paymentTypes: ["SBP"], ownAuthority: false, ...store, terminals: [] },
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
	"report.read": {
		summary: "Count a time or a shift; the rows come in parts",
		...{ params: reportReadParams, result: reportResult },
		faults: ["shift-not-found", "journal-failed"],
		example: { params: { shift: 12 }, result: report },
	},
	"shift.open": {
		summary: "A till's shift begins",
		...{ params: shiftOpenParams, result: shiftResult, faults: ["shift-already-open", ...wishFaults] },
		example: { params: { key: "shift-2026-11-24" }, result: shift },
	},
	"shift.close": {
		summary: "It ends; answers its report",
		...{ params: shiftCloseParams, result: reportResult, faults: ["shift-not-open", ...wishFaults] },
		example: { params: { key: "end-2026-11-24" }, result: report },
	},
	"shift.list": {
		summary: "Shifts, the newest first",
		...{ params: shiftListParams, result: shiftListResult, faults: ["journal-failed"] },
		example: { params: { limit: 1 }, result: { shifts: [closed], next: 12 } },
	},
} as const satisfies Record<keyof OfficeMethods, MethodDescription>;
