/** What is the matter with the printer; all false and "loaded" is a good day. */
export type Condition = {
	readonly paper: "loaded" | "low" | "out";
	readonly coverOpen: boolean;
	readonly cutterJammed: boolean;
	/** Offline for a reason that no sensor names. */
	readonly offline: boolean;
};

export const good: Condition = { paper: "loaded", coverOpen: false, cutterJammed: false, offline: false };

/** Whether the printer has stopped: it prints nothing and works through nothing of its buffer. */
export function stopped({ paper, coverOpen, cutterJammed, offline }: Condition): boolean {
	return paper === "out" || coverOpen || cutterJammed || offline;
}

const flag = (on: boolean, bits: number): number => (on ? bits : 0);

/** The answer to DLE EOT n; bits 1 and 4 are always set (Epson ESC/POS DLE EOT). */
export function realTimeStatus(of: 1 | 2 | 3 | 4, condition: Condition): Uint8Array {
	const { paper, coverOpen, cutterJammed } = condition;
	const bits = {
		1: flag(stopped(condition), 0x08),
		2: flag(coverOpen, 0x04) | flag(paper === "out", 0x20) | flag(cutterJammed, 0x40),
		3: flag(cutterJammed, 0x08),
		4: flag(paper !== "loaded", 0x0c) | flag(paper === "out", 0x60),
	}[of];
	return Uint8Array.of(0x12 | bits);
}

/** The four bytes of Automatic Status Back (Epson ESC/POS GS a). */
export function automaticStatus(condition: Condition): Uint8Array {
	const { coverOpen, cutterJammed, paper } = condition;
	return Uint8Array.of(
		0x10 | flag(stopped(condition), 0x08) | flag(coverOpen, 0x20),
		flag(cutterJammed, 0x08),
		paperSensors(paper),
		// Epson's reserved bits of byte 4 read as ones.
		0x0f,
	);
}

/** Both roll sensors as GS r 1 and ASB byte 3 give them: bits 0 and 1 near end, 2 and 3 end. */
export function paperSensors(paper: Condition["paper"]): number {
	return flag(paper !== "loaded", 0x03) | flag(paper === "out", 0x0c);
}
