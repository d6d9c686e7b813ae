/** The three depths of a self-test, in the words of UnifiedPOS ("checkHealth"): the machine, the devices, the loop. */
export const selfTestKinds = ["internal", "external", "interactive"] as const;
export type SelfTestKind = (typeof selfTestKinds)[number];

export const checkStates = ["green", "red", "skipped"] as const;
export type CheckState = (typeof checkStates)[number];

/** What is checked. Each has a title in config/selftest.*.yaml. */
export const checkTitles = [
	...["folders", "modes", "devices", "texts", "disk", "journal", "server", "certificate", "clock", "daemon"],
	...["printer", "scanner", "verifier"],
	...["sheet", "look", "read", "password", "payment", "agreement", "slip", "result"],
] as const;

/** What is wrong. Each has sentences for what happened, why, and what to do. */
export const redCodes = [
	...["folder-missing", "folder-closed", "modes-open", "device-denied", "texts-wrong", "disk-full"],
	...["journal-unsound", "server-away", "server-failing", "clock-ahead", "clock-behind"],
	...["certificate-expired", "certificate-early", "certificate-untrusted"],
	...["socket-taken", "daemon-ended"],
	...[
		"printer-away",
		"printer-paper-out",
		"printer-stopped",
		"printer-held",
		"scanner-away",
		"verifier-silent",
	],
	...["not-printed", "print-unknown", "letters-wrong", "code-not-read", "code-misread"],
	...["password-late", "password-wrong", "password-unchecked", "clock-refuses"],
	...["payment-refused", "payment-open", "disagrees", "too-slow", "broken"],
] as const;

/** What is good to know of what is green. */
export const noteCodes = [
	...["user", "modes", "devices-open", "devices-none", "texts", "disk-free", "journal-sound", "journal-new"],
	...["server-answers", "certificate", "certificate-soon", "clock-right", "daemon-runs", "socket-free"],
	...[
		"printer-ready",
		"printer-paper-low",
		"printer-silent",
		"printer-is",
		"scanner-ready",
		"verifier-answers",
	],
	...["printed", "letters-right", "read", "password-good", "payment-settled", "payment-answered", "agrees"],
] as const;

/** Why a check was left out. */
export const skipCodes = [
	...["needs", "production", "payment-unwanted", "no-live-card", "nothing-read", "nobody-asked", "no-date"],
	...["no-printer", "no-scanner", "no-slip", "too-narrow"],
] as const;

/** What the technician is told or asked while a check runs. */
export const promptCodes = ["scan", "other-code", "kept-out", "paying", "look"] as const;

export type CheckTitle = (typeof checkTitles)[number];
export type RedCode = (typeof redCodes)[number];
export type NoteCode = (typeof noteCodes)[number];
export type SkipCode = (typeof skipCodes)[number];
export type PromptCode = (typeof promptCodes)[number];

/** What fills the holes of a sentence; never empty. */
type RemarkFacts = Readonly<Record<string, string>>;

/** Something to be said, by the code of its sentence. */
export type Remark<Code extends string = string> = { readonly code: Code; readonly facts: RemarkFacts };

/** What came of a check. */
export type CheckVerdict =
	| { readonly state: "green"; readonly remarks: readonly Remark<NoteCode>[] }
	| { readonly state: "red"; readonly remarks: readonly Remark<RedCode>[] }
	| { readonly state: "skipped"; readonly remarks: readonly Remark<SkipCode>[] };

/** A check that is over. */
export type CheckResult = CheckVerdict & {
	/** Its name, such as `printer:receipt`; no two have the same. */
	readonly check: string;
	readonly kind: SelfTestKind;
	readonly title: Remark<CheckTitle>;
	/** How long it took. */
	readonly ms: number;
};

/** What happens during a self-test. */
export type SelfTestNews =
	| {
			readonly type: "begun";
			readonly check: string;
			readonly kind: SelfTestKind;
			readonly title: Remark<CheckTitle>;
	  }
	/** The technician has to do something, or hears how it goes. */
	| { readonly type: "told"; readonly check: string; readonly prompt: Remark<PromptCode> }
	/** Only eyes can tell: the check waits for yes or no. */
	| { readonly type: "asked"; readonly check: string; readonly prompt: Remark<PromptCode> }
	| { readonly type: "judged"; readonly result: CheckResult };

/** What stands on the printed result, in the till's language. */
export type SelfTestSlip = {
	/** Wall-clock ms. */
	readonly at: number;
	/** What came of it all. */
	readonly verdict: string;
	readonly checks: readonly {
		readonly title: string;
		readonly state: CheckState;
		readonly mark: string;
		/** Of what is red: what happened, and what to do. */
		readonly what?: string;
		readonly advice?: string;
	}[];
};
