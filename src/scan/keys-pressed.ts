/** What a report changes. */
export type KeyChange = {
	/** Bits of the modifiers that are held: Ctrl, Shift, Alt, GUI, left, then the same right. */
	readonly modifiers: number;
	/** HID usages of the keys that went down, in their order. */
	readonly pressed: readonly number[];
};

const reportBytes = 8;
const mostRolloverUsage = 0x03;
const firstModifierUsage = 0xe0;

/**
 * Tells from one boot keyboard report to the next which keys went down (HID 1.11, appendix B.1: modifiers, a reserved
 * byte, six keys that are down). A key that stays down is not pressed again.
 */
export class KeyReports {
	#held: readonly number[] = [];

	/** Undefined when it is none: eight bytes, or nine with the report id 1 in front. */
	take(report: Uint8Array): KeyChange | undefined {
		const start = report.length - reportBytes;
		if (start !== 0 && (start !== 1 || report[0] !== 1)) return undefined;
		let modifiers = report[start] ?? 0;
		const keys: number[] = [];
		const pressed: number[] = [];
		for (let at = start + 2; at < report.length; at += 1) {
			const usage = report[at] ?? 0;
			if (usage === 0) continue;
			// Too many keys at once (01), or a fault of the keyboard (02, 03): which keys are down is not known.
			if (usage <= mostRolloverUsage) return { modifiers: report[start] ?? 0, pressed: [] };
			// Some devices list modifiers among the keys as well.
			if (usage >= firstModifierUsage) modifiers |= (1 << (usage - firstModifierUsage)) & 0xff;
			else if (!keys.includes(usage)) {
				keys.push(usage);
				if (!this.#held.includes(usage)) pressed.push(usage);
			}
		}
		this.#held = keys;
		return { modifiers, pressed };
	}
}
