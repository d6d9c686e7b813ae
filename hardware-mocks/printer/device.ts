import { type Command, takeCommand } from "./commands.ts";
import { deviceCommands } from "./device-commands.ts";
import { assemble, emptyLine, type Machine, type Signals, typeByte } from "./machine.ts";
import { Paper, type Piece } from "./paper.ts";
import type { PrinterFacts } from "./pen.ts";
import { type RealTimeRequest, realTimeScanner } from "./real-time.ts";
import { automaticStatus, type Condition, good, realTimeStatus, stopped } from "./status.ts";
import { symbolCommands } from "./symbol-commands.ts";
import { type Deed, textCommands } from "./text-commands.ts";

const deeds: Readonly<Record<string, Deed>> = { ...textCommands, ...symbolCommands, ...deviceCommands };

/** What a printer does that can be seen from outside. */
export type Watcher = {
	reply(bytes: Uint8Array): void;
	printed(piece: Piece, bytes: Uint8Array): void;
	drawer(pin: 2 | 5, onMs: number): void;
	mistake(what: string): void;
};

/** A printer without its socket: bytes in, paper and answers out. Never throws, whatever the bytes. */
export class Device {
	readonly #watcher: Watcher;
	readonly #machine: Machine;
	readonly #scan = realTimeScanner();
	#waiting: Uint8Array = new Uint8Array();
	#consumed: Uint8Array[] = [];
	#condition = good;
	#asbMask = 0;
	#linesLeft = Number.POSITIVE_INFINITY;

	constructor(facts: PrinterFacts, watcher: Watcher) {
		this.#watcher = watcher;
		const paper = new Paper({ finished: (piece) => this.#finish(piece), mistake: watcher.mistake });
		this.#machine = assemble(facts, paper, this.#signals());
	}

	/** Bytes that wait until the printer can go on. */
	get waiting(): number {
		return this.#waiting.length;
	}

	get stopped(): boolean {
		return stopped(this.#condition);
	}

	/** A real-time request takes its place among the bytes: it clears what came before it and nothing after. */
	receive(bytes: Uint8Array): void {
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
		const before = automaticStatus(this.#condition);
		this.#condition = { ...this.#condition, ...change };
		const after = automaticStatus(this.#condition);
		if (this.#asbMask !== 0 && Buffer.compare(before, after) !== 0) this.#watcher.reply(after);
		this.#work();
	}

	/** The roll ends after so many more lines of text. */
	endPaperAfter(lines: number): void {
		this.#linesLeft = lines;
		if (lines <= 0) this.change({ paper: "out" });
	}

	/** A new roll, the cover closed, every fault gone. */
	mend(): void {
		this.#linesLeft = Number.POSITIVE_INFINITY;
		this.change(good);
	}

	/** Someone feeds the paper out and tears it off. */
	tear(): void {
		this.#machine.paper.feedAndCut("torn", 0);
	}

	#take(bytes: Uint8Array): void {
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		this.#work();
	}

	#work(): void {
		while (!this.stopped) {
			const command = takeCommand(this.#waiting);
			if (command === undefined) return;
			this.#waiting = this.#waiting.subarray(command.bytes.length);
			this.#consumed.push(command.bytes);
			this.#obey(command);
		}
	}

	#obey({ name, parameters, bytes }: Command): void {
		const deed = deeds[name];
		if (name === "text") typeByte(this.#machine, bytes[0] ?? 0);
		else if (deed !== undefined) deed(this.#machine, parameters[0] ?? 0, parameters);
		else this.#watcher.mistake(`unknown command ${Buffer.from(bytes).toString("hex")} (${name})`);
	}

	#actOn(request: RealTimeRequest): void {
		if (request.kind === "status") this.#watcher.reply(realTimeStatus(request.of, this.#condition));
		if (request.kind === "drawer") this.#watcher.drawer(request.pin, request.onMs);
		if (request.kind === "recover") this.#recover(request.clearing);
		if (request.kind === "clear") {
			this.#clear();
			this.#watcher.reply(Uint8Array.of(0x37, 0x25, 0x00));
		}
	}

	/** DLE ENQ acts only on an error that can be recovered from: here, the jammed cutter. */
	#recover(clearing: boolean): void {
		if (!this.#condition.cutterJammed) return;
		if (clearing) this.#clear();
		this.change({ cutterJammed: false });
	}

	#clear(): void {
		this.#waiting = new Uint8Array();
		this.#machine.line = emptyLine();
		this.#machine.lead = undefined;
	}

	#finish(piece: Piece): void {
		const bytes = Buffer.concat(this.#consumed);
		this.#consumed = [];
		this.#watcher.printed(piece, bytes);
	}

	#signals(): Signals {
		const { reply, drawer, mistake } = this.#watcher;
		return {
			reply,
			drawer,
			mistake,
			condition: () => this.#condition,
			automaticStatus: (mask) => {
				this.#asbMask = mask;
				if (mask !== 0) reply(automaticStatus(this.#condition));
			},
			linePrinted: () => {
				this.#linesLeft -= 1;
				if (this.#linesLeft === 0) this.change({ paper: "out" });
			},
		};
	}
}
