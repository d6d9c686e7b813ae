import { takeCommand } from "./commands.ts";
import { type PrinterFacts, type WholeFacts, wholeFacts } from "./facts.ts";
import { assemble, emptyLine, isEmpty, type Machine, reset, type Signals } from "./machine.ts";
import { Mechanism, type Step } from "./mechanism.ts";
import { obey } from "./obey.ts";
import { Paper, type Piece } from "./paper.ts";
import { type RealTimeRequest, realTimeScanner } from "./real-time.ts";
import { Sensors } from "./sensors.ts";
import { type Condition, good, stopped } from "./status.ts";
import type { LossReason, Speed, Watcher } from "./watcher.ts";

/** A printer without its channel: bytes in, paper and answers out. Never throws, whatever the bytes. */
export class Device {
	readonly facts: WholeFacts;
	readonly #watcher: Watcher;
	readonly #machine: Machine;
	readonly #paper: Paper;
	readonly #mechanism: Mechanism;
	#scan = realTimeScanner();
	#waiting: Uint8Array = new Uint8Array();
	/** Bytes that have given the mechanism nothing to do yet, and those of the paper at hand. */
	#since: Uint8Array[] = [];
	#consumed: Uint8Array[] = [];
	readonly #sensors: Sensors;
	#deafTo = new Set<number>();
	#linesLeft = Number.POSITIVE_INFINITY;
	/** Whether what stops it came over a line on paper, so that `afterReload` holds. */
	#interrupted = false;
	#working = false;
	#powered = true;

	constructor(facts: PrinterFacts, watcher: Watcher, speed?: Speed) {
		this.facts = wholeFacts(facts);
		this.#watcher = watcher;
		this.#sensors = new Sensors(this.facts, watcher.reply);
		this.#paper = new Paper({ finished: (piece) => this.#finish(piece), mistake: watcher.mistake });
		const motion = speed && { ...speed, dotsPerMs: (speed.mmPerS * this.facts.dotsPerMm) / 1000 };
		this.#mechanism = new Mechanism(this.#paper, this.#happenings(), motion);
		this.#machine = assemble(this.facts, (step) => this.#add(step), this.#signals());
	}

	/** Bytes that wait until the printer can go on. */
	get waiting(): number {
		return this.#waiting.length + this.#mechanism.held;
	}

	/** Bytes that its buffer takes; a command of which the end has not come lies elsewhere while it can go on. */
	get room(): number {
		const taken = this.#mayRead() ? this.#mechanism.held : this.waiting;
		return Math.max(0, this.facts.bufferBytes - taken);
	}

	get condition(): Condition {
		return this.#sensors.condition;
	}

	/** The paper that hangs in the printer at this moment, and the bytes that made it. */
	get hanging(): { readonly piece: Piece; readonly bytes: Uint8Array } {
		this.#mechanism.settle();
		return { piece: this.#paper.hanging, bytes: Buffer.concat(this.#consumed) };
	}

	/** A real-time request takes its place among the bytes: it clears what came before it and nothing after. */
	receive(bytes: Uint8Array): void {
		if (!this.#powered) return;
		let taken = 0;
		for (const { request, at } of this.#scan(bytes)) {
			this.#take(bytes.subarray(taken, at));
			this.#actOn(request);
			taken = at;
		}
		this.#take(bytes.subarray(taken));
	}

	/** Changes what is the matter with the printer; it goes on printing when nothing is. */
	change(change: Partial<Condition>): void {
		const wasStopped = stopped(this.condition);
		if (stopped({ ...this.condition, ...change })) this.#mechanism.halt();
		const next = { ...this.condition, ...change };
		this.#sensors.change(next);
		this.#interrupted ||= next.paper === "out" || next.coverOpen;
		this.#watcher.changed?.(next);
		if (!this.#powered) return;
		if (wasStopped && !stopped(this.condition)) this.#goOn();
		this.#work();
	}

	/** The roll ends after so many more lines of text. */
	endPaperAfter(lines: number): void {
		this.#linesLeft = lines;
		if (lines <= 0) this.change({ paper: "out" });
	}

	/** The roll ends after so many more dots, wherever that is; the sensor sees it coming `lowBefore` dots earlier. */
	endRollAfter(dots: number, lowBefore = 0): void {
		this.#mechanism.settle();
		this.#mechanism.endRollAfter(dots, lowBefore);
	}

	jamAtNextCut(): void {
		this.#mechanism.jamAtNextCut();
	}

	/** A new roll when the old one is out, the cover closed, every fault gone. */
	mend(): void {
		this.#linesLeft = Number.POSITIVE_INFINITY;
		if (this.condition.paper === "out") this.#mechanism.newRoll();
		else this.#mechanism.endRollAfter(Number.POSITIVE_INFINITY, 0);
		this.change({ ...good, drawerPinHigh: this.condition.drawerPinHigh });
	}

	/** Someone feeds the paper out and tears it off. */
	tear(): void {
		this.#consumed.push(...this.#since.splice(0));
		this.#mechanism.tear();
	}

	/** All that it had not printed is gone; the paper stays. */
	powerOff(): void {
		this.#powered = false;
		this.#mechanism.halt();
		this.#forget("power");
		reset(this.#machine);
		this.#scan = realTimeScanner();
		this.#sensors.silence();
		this.#deafTo = new Set();
		this.#interrupted = false;
	}

	powerOn(): void {
		this.#powered = true;
		if (!stopped(this.condition)) this.#mechanism.go(false);
		this.#watcher.moved?.();
	}

	#goOn(): void {
		const { afterReload } = this.facts;
		if (this.#interrupted && afterReload === "loses") this.#forget("reload");
		const again = this.#interrupted && afterReload === "line-again";
		this.#interrupted = false;
		this.#mechanism.go(again);
	}

	#take(bytes: Uint8Array): void {
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		this.#work();
	}

	/** A hasty printer reads on whatever its mechanism does, as far as its memory goes. */
	#mayRead(): boolean {
		if (!this.#powered) return false;
		if (this.facts.answers === "parsed") return this.#mechanism.held < this.facts.bufferBytes;
		return !stopped(this.condition) && this.#mechanism.idle;
	}

	#work(): void {
		if (this.#working) return;
		this.#working = true;
		while (this.#mayRead()) {
			const command = takeCommand(this.#waiting);
			if (command === undefined) break;
			this.#waiting = this.#waiting.subarray(command.bytes.length);
			this.#since.push(command.bytes);
			obey(this.#machine, command);
		}
		this.#working = false;
	}

	#add(step: Step): void {
		this.#mechanism.add(step, Buffer.concat(this.#since.splice(0)));
	}

	#actOn(request: RealTimeRequest): void {
		const { realTime } = this.facts;
		if (!realTime.includes(request.kind)) return;
		if (request.kind === "status") this.#sensors.answer(request.of);
		if (request.kind === "drawer" && !this.#deafTo.has(1)) this.#watcher.drawer(request.pin, request.onMs);
		if (request.kind === "recover") this.#recover(request.clearing);
		if (request.kind === "clear") {
			this.#forget("cleared");
			this.#watcher.reply(Uint8Array.of(0x37, 0x25, 0x00));
		}
	}

	/** DLE ENQ acts only on an error that can be recovered from. */
	#recover(clearing: boolean): void {
		const { cutterJammed, mechanicalError, waitsForRecovery } = this.condition;
		if (!cutterJammed && !mechanicalError && !waitsForRecovery) return;
		if (clearing) this.#forget("cleared");
		this.change({ cutterJammed: false, mechanicalError: false, waitsForRecovery: false });
	}

	/** Empties both buffers. What came to paper before counts as worked through. */
	#forget(why: LossReason): void {
		const undone = this.#mechanism.clear();
		// Settings are no loss, an unfinished line is.
		const unfinished = isEmpty(this.#machine.line) ? [] : this.#since.splice(0);
		const lost = Buffer.concat([undone, ...unfinished, this.#waiting]);
		this.#waiting = new Uint8Array();
		this.#machine.line = emptyLine();
		this.#machine.lead = undefined;
		if (lost.length > 0) this.#watcher.lost?.(why, lost);
		this.#watcher.moved?.();
	}

	#finish(piece: Piece): void {
		const bytes = Buffer.concat(this.#consumed);
		this.#consumed = [];
		this.#watcher.printed(piece, bytes);
	}

	#happenings() {
		return {
			began: (bytes: Uint8Array) => void this.#consumed.push(bytes),
			printed: ({ kind }: { readonly kind: string }) => {
				if (kind !== "text") return;
				this.#linesLeft -= 1;
				if (this.#linesLeft === 0) this.change({ paper: "out" });
			},
			paperLow: () => this.change({ paper: "low" }),
			paperOut: () => this.change({ paper: "out" }),
			cutterJammed: () => this.change({ cutterJammed: true }),
			moved: () => {
				this.#work();
				this.#watcher.moved?.();
			},
		};
	}

	#signals(): Signals {
		const { reply, drawer, mistake } = this.#watcher;
		return {
			reply,
			drawer,
			mistake,
			condition: () => this.#sensors.seen,
			automaticStatus: (mask) => this.#sensors.tell(mask),
			reset: () => {
				if (this.facts.forgetsAutomaticStatus) this.#sensors.silence();
			},
			obeyDc4: (fn, isObeyed) => {
				if (isObeyed) this.#deafTo.delete(fn);
				else this.#deafTo.add(fn);
			},
		};
	}
}
