import type { Clock } from "../../src/model/clock.ts";
import { type Edge, headToBlade, type Mark, type Paper } from "./paper.ts";

/** How fast the paper moves, and how long a cut takes, ms; without it everything takes no time. */
export type Motion = { readonly clock: Clock; readonly dotsPerMs: number; readonly cutMs: number };

/** What the mechanism has to do, in order. Lengths in dots. */
export type Step =
	| { readonly kind: "print"; readonly mark: Mark; readonly height: number; readonly move: number }
	| { readonly kind: "feed"; readonly move: number }
	| { readonly kind: "cut"; readonly edge: Edge; readonly pullBack: boolean }
	| { readonly kind: "cut-later"; readonly edge: Edge; readonly more: number }
	/** Something that waits until all before it is on paper. */
	| { readonly kind: "act"; act(): void };

type MechanismEvents = {
	/** A step begins; these bytes are what made it. */
	began(bytes: Uint8Array): void;
	printed(mark: Mark): void;
	paperLow(): void;
	paperOut(): void;
	cutterJammed(): void;
	/** A step is done. */
	moved(): void;
};

type Held = { readonly step: Step; readonly bytes: Uint8Array };
type Timing = { readonly at: number; readonly dots: number; moved: number; readonly abort: AbortController };

/** Head, motor and blade: they do one step after the other, and stop wherever they are. */
export class Mechanism {
	readonly #paper: Paper;
	readonly #events: MechanismEvents;
	readonly #motion: Motion | undefined;
	#queue: Held[] = [];
	/** Of the step at hand: whether it has begun, whether its mark is on this paper, and how far the paper has moved. */
	#begun = false;
	#burning = false;
	#done = 0;
	#timing: Timing | undefined;
	#halted = false;
	#running = false;
	/** Dots of paper until the roll ends, and until its sensor sees that it will soon. */
	#roll = { left: Number.POSITIVE_INFINITY, lowAt: 0 };
	#jamsNext = false;

	constructor(paper: Paper, events: MechanismEvents, motion: Motion | undefined) {
		this.#paper = paper;
		this.#events = events;
		this.#motion = motion;
	}

	get idle(): boolean {
		return this.#queue.length === 0;
	}

	/** Bytes of all that is not done. */
	get held(): number {
		return this.#queue.reduce((sum, { bytes }) => sum + bytes.length, 0);
	}

	add(step: Step, bytes: Uint8Array): void {
		this.#queue.push({ step, bytes });
		this.#run();
	}

	/** Stops at once, in the middle of whatever it does. */
	halt(): void {
		this.settle();
		this.#timing?.abort.abort();
		this.#timing = undefined;
		this.#halted = true;
	}

	/** Goes on. @param again whether a line that was interrupted begins once more. */
	go(again: boolean): void {
		this.#halted = false;
		const [first] = this.#queue;
		if (again && first !== undefined && this.#isHalfPrinted(first.step)) {
			this.#done = 0;
			this.#burning = false;
		}
		this.#run();
	}

	/** The roll that is in ends after so many dots, and its sensor sees that coming when `lowAt` are left. */
	endRollAfter(dots: number, lowAt: number): void {
		this.#roll = { left: dots, lowAt };
		if (dots <= 0) this.#events.paperOut();
	}

	/** Puts in a roll without an end; what was printed on the old one comes out. */
	newRoll(): void {
		this.#roll = { left: Number.POSITIVE_INFINITY, lowAt: 0 };
		this.#burning = false;
		this.#paper.newRoll();
	}

	/** Someone feeds out what is printed and tears it off. */
	tear(): void {
		this.settle();
		this.#burning = false;
		this.#paper.stopBurning();
		this.#paper.move(headToBlade);
		this.#paper.cut("torn");
	}

	jamAtNextCut(): void {
		this.#jamsNext = true;
	}

	/** Forgets what is not done; a line that is half on paper stays so. @returns the bytes of it. */
	clear(): Uint8Array {
		this.settle();
		this.#timing?.abort.abort();
		this.#timing = undefined;
		const lost = Buffer.concat(this.#queue.map(({ bytes }) => bytes));
		this.#queue = [];
		this.#next();
		this.#paper.stopBurning();
		return lost;
	}

	/** Moves the paper to where it is by now. */
	settle(): void {
		const timing = this.#timing;
		if (timing === undefined || this.#motion === undefined) return;
		const passed = Math.floor((this.#motion.clock.now() - timing.at) * this.#motion.dotsPerMs);
		const due = Math.min(timing.dots, passed) - timing.moved;
		if (due > 0) {
			timing.moved += due;
			this.#advance(due);
		}
	}

	/** A picture is printed row by row as it comes: only lines and symbols begin again. */
	#isHalfPrinted(step: Step): boolean {
		if (step.kind !== "print" || step.mark.kind === "raster") return false;
		return this.#done > 0 && this.#done < step.height;
	}

	#run(): void {
		if (this.#running) return;
		this.#running = true;
		while (!this.#halted && this.#timing === undefined && this.#workOn()) this.#events.moved();
		this.#running = false;
	}

	/** Whether there was a step, and it is done. */
	#workOn(): boolean {
		const [first] = this.#queue;
		if (first === undefined) return false;
		if (!this.#begun) this.#events.began(first.bytes);
		this.#begun = true;
		const isDone = this.#perform(first.step);
		if (isDone && this.#queue[0] === first) {
			this.#queue.shift();
			this.#next();
			if (first.step.kind === "print") this.#events.printed(first.step.mark);
		}
		if (this.#roll.left <= 0) this.#events.paperOut();
		return isDone;
	}

	#next(): void {
		this.#begun = false;
		this.#burning = false;
		this.#done = 0;
	}

	#perform(step: Step): boolean {
		switch (step.kind) {
			case "act":
				step.act();
				return true;
			case "cut-later":
				this.#paper.cutLater(step.edge, step.more);
				return true;
			case "cut":
				return this.#cut(step.edge, step.pullBack);
			case "print":
				if (!this.#burning && this.#done < step.height) this.#paper.begin(step.mark, step.height, this.#done);
				this.#burning = true;
				return this.#move(step.move);
			case "feed":
				return this.#move(step.move);
		}
	}

	#move(total: number): boolean {
		while (this.#done < total) {
			const { left, lowAt } = this.#roll;
			// Where the sensor sees the end coming is a stop on the way, so that it is told in its moment.
			const dots = Math.min(total - this.#done, left > lowAt ? left - lowAt : left);
			if (dots <= 0) return false;
			if (this.#motion === undefined) this.#advance(dots);
			else {
				this.#time(dots, dots / this.#motion.dotsPerMs);
				return false;
			}
		}
		return true;
	}

	#cut(edge: Edge, pullBack: boolean): boolean {
		if (this.#jamsNext) {
			this.#jamsNext = false;
			this.#events.cutterJammed();
			return false;
		}
		if (this.#motion !== undefined && this.#done === 0) {
			this.#done = 1;
			this.#time(0, this.#motion.cutMs);
			return false;
		}
		this.#paper.cut(edge);
		if (pullBack) this.#paper.pullBack();
		return true;
	}

	#time(dots: number, ms: number): void {
		const { clock } = this.#motion as Motion;
		const timing: Timing = { at: clock.now(), dots, moved: 0, abort: new AbortController() };
		this.#timing = timing;
		clock.sleep(Math.ceil(ms), timing.abort.signal).then(
			() => this.#arrive(timing),
			() => undefined,
		);
	}

	#arrive(timing: Timing): void {
		if (this.#timing !== timing) return;
		this.#timing = undefined;
		this.#advance(timing.dots - timing.moved);
		this.#run();
	}

	#advance(dots: number): void {
		const { left, lowAt } = this.#roll;
		this.#done += dots;
		this.#roll = { left: left - dots, lowAt };
		this.#paper.move(dots);
		if (left > lowAt && left - dots <= lowAt && left - dots > 0) this.#events.paperLow();
	}
}
