import { z } from "zod";
import { brandSettings } from "./cards.ts";
import { wholeNumber } from "./common.ts";
import { printerSettings, reopenSettings, scannerSettings } from "./devices.ts";
import { payApiSettings } from "./pay-api.ts";
import { socketSettings } from "./socket.ts";

/** The whole of `config/kassad.yaml`. Every key is required; an unknown one is an error. */
export const settings = z.strictObject({
	/** Language of the cashier's messages. */
	language: z.enum(["ru", "en"]),
	log: z.strictObject({ level: z.enum(["trace", "debug", "info", "warn", "error"]) }),
	journal: z.strictObject({
		/** Folder of the database, its key and its lock. */
		folder: z.string().min(1).max(4_096),
		/** Days for which a repeated key finds its operation. */
		keepDays: wholeNumber(30, 3_650),
	}),
	store: z.strictObject({
		storeId: z.guid({ error: "expected a GUID of 36 characters" }),
		terminalId: z.string().min(1).max(256),
	}),
	payApi: payApiSettings,
	brands: z.array(brandSettings).min(1).max(16),
	reopen: reopenSettings,
	scanners: z.array(scannerSettings).max(16),
	printers: z.array(printerSettings).max(16),
	socket: socketSettings,
});

export type Settings = z.infer<typeof settings>;
