import { helloDescriptions } from "./describe-hello.ts";
import { moneyDescriptions } from "./describe-money.ts";
import { printDescriptions } from "./describe-prints.ts";
import type { MethodDescription } from "./description.ts";
import type { Methods } from "./methods.ts";
import { officeDescriptions } from "./office-descriptions.ts";
import {
	acceptedResult,
	acknowledgedResult,
	discoverResult,
	pausedResult,
	scanContentResult,
	subscribedResult,
	toldResult,
} from "./results.ts";
import {
	discoverParams,
	scanAcknowledgeParams,
	scannerBeepParams,
	scannerPauseParams,
	scannerPictureParams,
	scannerTriggerParams,
	scansAcceptParams,
	scanTakeParams,
	subscribeParams,
} from "./schema.ts";
import { selfTestDescriptions } from "./selftest-descriptions.ts";

const scanId = "784e89d1-5b6f-4a57-8a2e-b2f2a1f0c9de";
const front = { scanner: "front" };
const told = { result: toldResult, faults: ["scanner-unknown", "scanner-cannot", "scanner-away"] } as const;

/** Everything that the socket answers. */
export const descriptions = {
	"rpc.discover": {
		summary: "This document: all methods, by OpenRPC 1.3",
		...{ params: discoverParams, result: discoverResult, faults: [] },
		example: { params: {}, result: { openrpc: "1.3.2" } },
	},
	...helloDescriptions,
	...moneyDescriptions,
	"scan.take": {
		summary: "What was scanned: a card's number, or the bytes",
		...{ params: scanTakeParams, result: scanContentResult, faults: ["scan-gone"] },
		example: {
			params: { scanId },
			result: {
				scanId,
				symbology: "code128",
				scanner: "front",
				kind: "loyalty",
				cardNumber: "1234567890123",
			},
		},
	},
	"scan.acknowledge": {
		summary: "An offered scan is dealt with here",
		...{ params: scanAcknowledgeParams, result: acknowledgedResult },
		faults: ["scan-gone", "scan-leased-elsewhere"],
		example: { params: { scanId }, result: { scanId } },
	},
	"scans.accept": {
		summary: "Scans are offered to this program from now on",
		...{ params: scansAcceptParams, result: acceptedResult, faults: ["terminal-unknown"] },
		example: { params: {}, result: { leaseMs: 3_000 } },
	},
	"scanner.pause": {
		summary: "Keeps out what a scanner reads, or all of them",
		...{ params: scannerPauseParams, result: pausedResult, faults: ["scanner-unknown"] },
		example: { params: {}, result: { paused: ["front"] } },
	},
	"scanner.resume": {
		summary: "Listens to it again",
		...{ params: scannerPauseParams, result: pausedResult, faults: ["scanner-unknown"] },
		example: { params: { scanner: "front" }, result: { paused: [] } },
	},
	"scanner.beep": {
		summary: "It beeps, for good or bad",
		...{ ...told, params: scannerBeepParams },
		example: { params: { ...front, good: false }, result: front },
	},
	"scanner.trigger": {
		summary: "It begins or ends to read",
		...{ ...told, params: scannerTriggerParams },
		example: { params: { ...front, on: true }, result: front },
	},
	"scanner.picture": {
		summary: "It takes a picture; a code in it comes as a scan",
		...{ ...told, params: scannerPictureParams },
		example: { params: front, result: front },
	},
	...printDescriptions,
	...selfTestDescriptions,
	...officeDescriptions,
	"events.subscribe": {
		summary: "All events after a number, then the new ones",
		...{ params: subscribeParams, result: subscribedResult, faults: ["journal-failed"] },
		example: { params: { since: 12 }, result: { seq: 17 } },
	},
} as const satisfies Record<keyof Methods | "rpc.discover" | "ping" | "events.subscribe", MethodDescription>;
