import { Subject } from "rxjs";
import type { Clock } from "../../src/model/clock.ts";
import type { Device } from "./device.ts";
import { fontA } from "./fonts.ts";
import { type PrintedReceipt, receiptOf } from "./receipt.ts";
import { type SeenAs, timesOn } from "./search.ts";
import type { Condition } from "./status.ts";
import type { LossReason, Watcher } from "./watcher.ts";

export type DrawerKick = { readonly pin: 2 | 5; readonly onMs: number };

/** Bytes that the printer had taken and that never came to anything, and why. */
export type Loss = { readonly at: number; readonly why: LossReason; readonly bytes: Uint8Array };

/** What befell the printer, in order; `at` is wall-clock ms. */
export type Happening = { readonly at: number } & (
	| { readonly what: "paper"; readonly receipt: PrintedReceipt }
	| { readonly what: "loss"; readonly loss: Loss }
	| { readonly what: "condition"; readonly condition: Condition }
	| { readonly what: "power"; readonly on: boolean }
	| { readonly what: "drawer"; readonly kick: DrawerKick }
	| { readonly what: "mistake"; readonly mistake: string }
);

/** Characters of font A in a line of so many dots. */
export function columnsOf(dots: number): number {
	return Math.floor(dots / fontA.width);
}

/** All that the printer has done, by itself and whatever its host believes. */
export class PrinterRecord {
	readonly receipts: PrintedReceipt[] = [];
	readonly drawerKicks: DrawerKick[] = [];
	readonly mistakes: string[] = [];
	readonly losses: Loss[] = [];
	readonly history: Happening[] = [];
	readonly receipt$ = new Subject<PrintedReceipt>();
	readonly mistake$ = new Subject<string>();
	readonly #dots: number;
	readonly #clock: Clock;

	constructor(dots: number, clock: Clock) {
		this.#dots = dots;
		this.#clock = clock;
	}

	/** What a printer tells is kept here. */
	watcher(): Omit<Watcher, "reply" | "moved"> {
		return {
			printed: (piece, bytes) => {
				const receipt = receiptOf(piece, bytes, this.#facts());
				this.receipts.push(receipt);
				this.#note({ what: "paper", receipt });
				this.receipt$.next(receipt);
			},
			drawer: (pin, onMs) => {
				this.drawerKicks.push({ pin, onMs });
				this.#note({ what: "drawer", kick: { pin, onMs } });
			},
			mistake: (mistake) => {
				this.mistakes.push(mistake);
				this.#note({ what: "mistake", mistake });
				this.mistake$.next(mistake);
			},
			lost: (why, bytes) => this.lost(why, bytes),
			changed: (condition) => this.#note({ what: "condition", condition }),
		};
	}

	lost(why: LossReason, bytes: Uint8Array): void {
		const loss = { at: this.#clock.now(), why, bytes: Uint8Array.from(bytes) };
		this.losses.push(loss);
		this.#note({ what: "loss", loss });
	}

	power(on: boolean): void {
		this.#note({ what: "power", on });
	}

	/** What hangs in the printer, as a receipt that is torn off now. */
	hanging(device: Device): PrintedReceipt {
		const { piece, bytes } = device.hanging;
		return receiptOf(piece, bytes, this.#facts());
	}

	/** How often a text is on paper, that in the printer included. */
	times(device: Device, text: string, as: SeenAs): number {
		const papers = [...this.receipts, this.hanging(device)];
		return timesOn(
			papers.map(({ marks }) => marks),
			text,
			as,
		);
	}

	#facts() {
		return { at: this.#clock.now(), dots: this.#dots, columns: columnsOf(this.#dots) };
	}

	#note(what: Happening extends infer H ? (H extends unknown ? Omit<H, "at"> : never) : never): void {
		this.history.push({ at: this.#clock.now(), ...what } as Happening);
	}
}
