import type { Observable } from "rxjs";
import type { Journal } from "./journal/journal.ts";
import type { Clock } from "./model/clock.ts";
import type { ScannerDeed } from "./model/device.ts";
import type { Log } from "./model/log.ts";
import type { Verifier } from "./model/scan.ts";
import type { DocumentsSettings } from "./model/settings/documents.ts";
import type { Settings } from "./model/settings/settings.ts";
import type { PayCalls } from "./pay/calls.ts";
import type { Posted } from "./pay/posted.ts";
import type { Explain } from "./pos/errors.ts";
import type { ScannerState } from "./pos/office-devices.ts";
import type { Printers } from "./printers/printers.ts";
import type { Quiet } from "./scan/quiet.ts";
import type { ScannerNews } from "./scan/scans.ts";
import type { PlugNews } from "./scanners/plug-news.ts";
import type { InternalTools } from "./selftest/internal.ts";
import type { SheetCards } from "./selftest/sheet-cards.ts";

/** What the till's story is told with: one open door of every room. */
export type Rooms = {
	readonly settings: Settings;
	readonly version: string;
	readonly journal: Journal;
	readonly client: PayCalls;
	/** What the server posts of its own accord. */
	readonly posted: Posted;
	readonly verifier: Verifier;
	readonly news$: Observable<ScannerNews | PlugNews>;
	/** Which scanners are not listened to: asked wherever a code comes in. */
	readonly quiet: Quiet;
	/** Live cards for the sheet of a self-test; absent where no brand's passwords can be made here. */
	readonly sheetCards?: SheetCards;
	/** What the internal checks of a self-test ask; absent where there is no machine, as in a simulation. */
	readonly machine?: InternalTools;
	/**
	 * Tells a scanner of this name what to do; false when its family cannot be told so.
	 * @throws {FaultError} `scanner-away`
	 */
	readonly tellScanner?: (scanner: string, deed: ScannerDeed) => Promise<boolean>;
	/** How a scanner of this name is. */
	readonly scannerState?: (scanner: string) => ScannerState;
	/** Where is printed, if anywhere; the first one prints the payment slips. */
	readonly printers: Printers;
	/** What stands on paper, line by line. */
	readonly documents: DocumentsSettings;
	readonly explain: Explain;
	readonly clock: Clock;
	readonly log: Log;
	readonly newId: () => string;
	/** From 0 to below 1; spreads the repeats of many tills. */
	readonly random: () => number;
};
