import type { Clock } from "../../src/model/clock.ts";
import type { Piece } from "./paper.ts";
import type { Condition } from "./status.ts";

/** Why bytes that the printer had taken never came to anything. */
export type LossReason = "power" | "cleared" | "reload" | "overrun";

/** What a printer does that can be seen from outside. */
export type Watcher = {
	reply(bytes: Uint8Array): void;
	printed(piece: Piece, bytes: Uint8Array): void;
	drawer(pin: 2 | 5, onMs: number): void;
	mistake(what: string): void;
	lost?(why: LossReason, bytes: Uint8Array): void;
	changed?(condition: Condition): void;
	/** There may be room in its buffer again. */
	moved?(): void;
};

/** Real time for the paper to move in: millimetres a second, and ms for a cut. */
export type Speed = { readonly clock: Clock; readonly mmPerS: number; readonly cutMs: number };
