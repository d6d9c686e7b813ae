import { z } from "zod";
import { brandsSettings } from "./cards.ts";
import { oneOf, wholeNumber } from "./common.ts";
import {
	printersSettings,
	printsSettings,
	reopenSettings,
	scannersSettings,
	scansSettings,
} from "./devices.ts";
import { journalSettings } from "./journal.ts";
import { payApiSettings } from "./pay-api.ts";
import { selfTestSettings } from "./self-test.ts";
import { socketSettings } from "./socket.ts";
import { storeSettings } from "./store.ts";
import { storeApiSettings } from "./stores.ts";
import { bridgeSettings } from "./verifier.ts";

/** The whole of `config/kassad.yaml`. Every key is required; an unknown one is an error. */
export const settings = z.strictObject({
	/** Language of the cashier's messages. */
	language: oneOf(["ru", "en"]),
	/** What the hole `{minutes}` in the cashier's messages holds: when to try again. */
	waitMinutes: wholeNumber(1, 60),
	log: z.strictObject({ level: oneOf(["trace", "debug", "info", "warn", "error"]) }),
	journal: journalSettings,
	store: storeSettings,
	payApi: payApiSettings,
	storeApi: storeApiSettings,
	brands: brandsSettings,
	bridge: bridgeSettings,
	reopen: reopenSettings,
	scans: scansSettings,
	scanners: scannersSettings,
	prints: printsSettings,
	printers: printersSettings,
	socket: socketSettings,
	selfTest: selfTestSettings,
});

export type Settings = z.infer<typeof settings>;
export type Language = Settings["language"];
export type LogLevel = Settings["log"]["level"];
