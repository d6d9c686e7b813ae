/** What is the matter with the printer; all false and "loaded" is a good day. */
export type Condition = {
	readonly paper: "loaded" | "low" | "out";
	readonly coverOpen: boolean;
	readonly cutterJammed: boolean;
	/** Offline for a reason that no sensor names. */
	readonly offline: boolean;
	/** The head is too hot: it goes on by itself when it has cooled. */
	readonly hot: boolean;
	/** An error of the mechanism that DLE ENQ ends when its cause is removed. */
	readonly mechanicalError: boolean;
	/** An error that only a service can mend. */
	readonly broken: boolean;
	/** It waits to be told to go on. */
	readonly waitsForRecovery: boolean;
	/** Somebody feeds paper by the button. */
	readonly feedButton: boolean;
	/** Level of the drawer's sensor, pin 3 of its connector. */
	readonly drawerPinHigh: boolean;
};

export const good: Condition = {
	paper: "loaded",
	coverOpen: false,
	cutterJammed: false,
	offline: false,
	hot: false,
	mechanicalError: false,
	broken: false,
	waitsForRecovery: false,
	feedButton: false,
	drawerPinHigh: false,
};

/** Whether the printer has stopped: it prints nothing and works through nothing of its buffer. */
export function stopped(condition: Condition): boolean {
	const { paper, coverOpen, offline, feedButton } = condition;
	return paper === "out" || coverOpen || offline || feedButton || hasError(condition);
}

function hasError({ cutterJammed, hot, mechanicalError, broken, waitsForRecovery }: Condition): boolean {
	return cutterJammed || hot || mechanicalError || broken || waitsForRecovery;
}

const flag = (on: boolean, bits: number): number => (on ? bits : 0);

/** Errors as DLE EOT 3 and the second byte of automatic status have them. */
function errorBits({ mechanicalError, cutterJammed, broken, hot }: Condition): number {
	return flag(mechanicalError, 0x04) | flag(cutterJammed, 0x08) | flag(broken, 0x20) | flag(hot, 0x40);
}

/** The answer to DLE EOT n; bits 1 and 4 are always set (Epson ESC/POS DLE EOT). */
export function realTimeStatus(of: 1 | 2 | 3 | 4, condition: Condition): Uint8Array {
	const { paper, coverOpen, feedButton, waitsForRecovery, drawerPinHigh } = condition;
	const bits = {
		1:
			flag(drawerPinHigh, 0x04) |
			flag(stopped(condition), 0x08) |
			flag(waitsForRecovery, 0x20) |
			flag(feedButton, 0x40),
		2:
			flag(coverOpen, 0x04) |
			flag(feedButton, 0x08) |
			flag(paper === "out", 0x20) |
			flag(hasError(condition), 0x40),
		3: errorBits(condition),
		4: flag(paper !== "loaded", 0x0c) | flag(paper === "out", 0x60),
	}[of];
	return Uint8Array.of(0x12 | bits);
}

/**
 * The four bytes of Automatic Status Back (Epson ESC/POS GS a).
 * @param reserved bits of the fourth byte; an Epson's lower four read as ones.
 */
export function automaticStatus(condition: Condition, reserved: number): Uint8Array {
	const { coverOpen, paper, feedButton, waitsForRecovery, drawerPinHigh } = condition;
	return Uint8Array.of(
		0x10 |
			flag(drawerPinHigh, 0x04) |
			flag(stopped(condition), 0x08) |
			flag(coverOpen, 0x20) |
			flag(feedButton, 0x40),
		flag(waitsForRecovery, 0x01) | flag(feedButton, 0x02) | errorBits(condition),
		paperSensors(paper),
		reserved,
	);
}

/** Bits of the first three bytes, by the bit of GS a n that wants their changes told. */
const told: readonly (readonly [bit: number, masks: readonly number[]])[] = [
	[0x01, [0x04, 0x00, 0x00]],
	[0x02, [0x28, 0x01, 0x00]],
	[0x04, [0x00, 0x6c, 0x00]],
	[0x08, [0x00, 0x00, 0x0f]],
	[0x40, [0x40, 0x02, 0x00]],
];

/** Whether a change is one of those that GS a n asked for. */
export function isToldOf(n: number, before: Uint8Array, after: Uint8Array): boolean {
	return told.some(
		([bit, masks]) =>
			(n & bit) !== 0 && masks.some((mask, at) => (((before[at] ?? 0) ^ (after[at] ?? 0)) & mask) !== 0),
	);
}

/** Both roll sensors as GS r 1 and ASB byte 3 give them: bits 0 and 1 near end, 2 and 3 end. */
export function paperSensors(paper: Condition["paper"]): number {
	return flag(paper !== "loaded", 0x03) | flag(paper === "out", 0x0c);
}
