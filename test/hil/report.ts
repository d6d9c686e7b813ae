/** What the guest tells while its tests run, one JSON object a line. */
export type ReportLine =
	| { readonly type: "begun"; readonly chapter: string; readonly fact: string }
	| ({ readonly type: "proven" } & Proof)
	/** The last line: every chapter has come to its end, well or badly. */
	| { readonly type: "done" };

export type Proof = {
	readonly chapter: string;
	readonly fact: string;
	readonly holds: boolean;
	readonly ms: number;
	/** What was measured, or why the fact does not hold. */
	readonly note: string;
};

/** Undefined for a line that is none, such as words of the kernel. */
export function readReportLine(line: string): ReportLine | undefined {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
