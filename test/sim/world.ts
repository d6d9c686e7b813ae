import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "../../src/model/secret.ts";
import type { Exchanged } from "../../src/pay/exchange.ts";
import { Bank } from "./bank.ts";
import { disagreements } from "./books.ts";
import { serve } from "./cashier.ts";
import { beginLife, type Life } from "./life.ts";
import { travel, untilGivenUp } from "./network.ts";
import { makes, SimPrinter } from "./paper.ts";
import type { Mishap, Plan, Shopper } from "./plan.ts";
import { Pos } from "./pos.ts";
import { type Random, random } from "./random.ts";
import { holdPrinter } from "./slips.ts";
import { WorldTime } from "./world-time.ts";

/** 2026-03-01 12:00 in Moscow; days of the simulation begin here. */
const firstMoment = Date.UTC(2026, 2, 1, 9);
/** Ms until the service manager has started kassad again. */
const restartMs = 1_500;
/** Ms that everything may take to come to its end after the last mishap. */
const patienceMs = 3_600_000;

const logName = "journal.db-wal";

type OfKind<K extends Mishap["kind"]> = Extract<Mishap, { kind: K }>;

function isDeath(mishap: Mishap): mishap is OfKind<"death" | "power cut"> {
	return mishap.kind === "death" || mishap.kind === "power cut";
}

/** A shop in which a plan comes true: everything around kassad, and kassad's lives one after the other. */
export class World {
	readonly time = new WorldTime();
	readonly pos = new Pos(this);
	readonly printers: readonly [SimPrinter, SimPrinter];
	readonly bank: Bank;
	readonly chance: Random;
	/** What happened, a line each. */
	readonly story: string[] = [];
	/** How often each kind of mishap came true. */
	readonly mishaps = new Map<string, number>();
	readonly #plan: Plan;
	readonly #folder: string;
	#lives = 0;
	#life: Life | undefined;
	#born = Promise.withResolvers<Life>();
	#touches = 0;
	#writes = 0;
	#requests = 0;
	#diskFullUntil = 0;
	#skewMs = 0;
	#scans = 0;
	#over = false;
	/** Whether the machine ended with the present life. */
	#losesPower = false;

	constructor(plan: Plan, folder: string) {
		this.#plan = plan;
		this.#folder = mkdtempSync(join(folder, "seed-"));
		this.chance = random(plan.seed ^ 0x5a_17);
		this.bank = new Bank(this, plan);
		this.printers = [this.#printer(0), this.#printer(1)];
	}

	/** The day, until all is quiet. @returns what disagrees then. */
	async live(): Promise<string[]> {
		for (const mishap of this.#plan.mishaps) this.#expect(mishap);
		void this.#liveOnAndOn(0);
		let left = this.#plan.shoppers.length;
		for (const shopper of this.#plan.shoppers) void serve(shopper, this).then(() => (left -= 1));
		const done = await this.time.until(() => left === 0 && this.#life !== undefined, patienceMs);
		// What nobody waits for any more: late requests, prints, receipts.
		this.mendPrinters();
		await this.time.until(() => false, patienceMs);
		this.#over = true;
		this.#life?.run.end("the day is over");
		const folder = this.#folderOf(this.#lives);
		this.#life?.close();
		const { payments, complaints } = this.bank;
		const wrong = disagreements({
			folder,
			payments,
			complaints,
			paper: this.printers.flatMap(({ paper }) => paper),
			told: this.pos.told,
		});
		rmSync(this.#folder, { recursive: true });
		return done ? wrong : ["the cashier is still waiting after an hour", ...wrong];
	}

	/** Wall-clock ms as the till believes. */
	get wallNow(): number {
		return Math.floor(firstMoment + this.time.now + this.#skewMs);
	}

	/** The present life of kassad, or the next one. */
	life(): Promise<Life> {
		return this.#life === undefined ? this.#born.promise : Promise.resolve(this.#life);
	}

	/** Somebody puts right whatever is wrong with the printers. */
	mendPrinters(): void {
		for (const printer of this.printers) printer.mend();
	}

	/** What whoever looks at the printers sees. */
	isOnPaper(text: string): boolean {
		return this.printers.some((printer) => printer.shows(text));
	}

	tell(line: string): void {
		this.story.push(`${(this.time.now / 1_000).toFixed(3).padStart(9)} s  ${line.trimEnd()}`);
	}

	isLast(touch: string): boolean {
		this.#touches += 1;
		const deaths = this.#plan.mishaps.filter(isDeath).filter(({ nth }) => nth === this.#touches);
		const death = deaths.find(({ kind }) => kind === "power cut") ?? deaths[0];
		if (death === undefined) return false;
		this.#met(death.kind, death);
		this.#losesPower = death.kind === "power cut";
		this.tell(`${this.#losesPower ? "the power fails" : "kassad is killed"} ${touch}`);
		return true;
	}

	isDiskFull(): boolean {
		this.#writes += 1;
		const mishap = this.#met(
			"disk full",
			this.#all("disk full").find(({ nth }) => nth === this.#writes),
		);
		if (mishap !== undefined) {
			this.#diskFullUntil = this.time.now + mishap.ms;
			this.tell(`the disk is full for ${mishap.ms} ms`);
		}
		return this.time.now < this.#diskFullUntil;
	}

	ask(request: Parameters<Bank["answer"]>[0], signal: AbortSignal): Promise<Exchanged> {
		this.#requests += 1;
		const mishap = this.#all("network").find(({ nth }) => nth === this.#requests);
		if (mishap !== undefined) this.#met(mishap.what, mishap);
		this.tell(
			`${request.path.split("/merchant/")[1]} leaves${mishap === undefined ? "" : `: ${mishap.what}`}`,
		);
		return untilGivenUp(
			travel(this.time, mishap, () => this.bank.answer(request)),
			signal,
		);
	}

	hearPostback(facts: Parameters<Life["post"]>[0]): void {
		if (this.#life?.run.dead === false) this.#life.post(facts);
	}

	/** The customer shows the card: a fresh session each time, as the app makes it. */
	async showCard(shopper: Shopper): Promise<string> {
		const life = await this.life();
		this.#scans += 1;
		const id = `scan-${this.#scans}`;
		const cardSession = new Secret(`S${String(this.#scans).padStart(5, "0")}`);
		const card = { brand: "example", cardNumber: new Secret("1234567890123"), cardSession };
		const scanner = shopper.till === 0 ? "front" : "side";
		const facts = { id, scanner, symbology: "qr", at: this.wallNow } as const;
		const verdict = { good: true, stepsOff: 0 } as const;
		const scan = { ...facts, ...card, kind: "payable", password: new Secret("123"), verdict } as const;
		this.tell(`${shopper.name} shows a card`);
		if (!life.run.dead) life.news$.next({ type: "scan", scan });
		return id;
	}

	async #liveOnAndOn(life: number): Promise<void> {
		this.#lives = life;
		mkdirSync(this.#folderOf(life), { recursive: true });
		const present = beginLife(this, this.#folderOf(life));
		if (!present.run.dead) {
			this.#life = present;
			present.catchUp();
			this.#born.resolve(present);
		}
		const why = await present.run.died;
		if (this.#over) return;
		this.tell(`kassad's run ends: ${why}`);
		// Who waits for a life goes on waiting when one ends at its birth.
		if (this.#life !== undefined) this.#born = Promise.withResolvers();
		this.#life = undefined;
		// As the death leaves it: the log is not folded into the database.
		for (const file of ["journal.db", logName, "journal.key"]) this.#inherit(file, life);
		if (this.#losesPower) present.disk.loseFrom(join(this.#folderOf(life + 1), logName));
		this.#losesPower = false;
		present.close();
		await this.time.pass(restartMs);
		await this.#liveOnAndOn(life + 1);
	}

	#inherit(file: string, life: number): void {
		const [from, to] = [join(this.#folderOf(life), file), join(this.#folderOf(life + 1), file)];
		cpSync(from, to, { force: true });
	}

	#folderOf(life: number): string {
		return join(this.#folder, `life-${life}`);
	}

	#expect(mishap: Mishap): void {
		if (!("atMs" in mishap)) return;
		this.time.after(mishap.atMs, () => {
			this.#met(mishap.kind, mishap);
			this.tell(`${mishap.kind} ${JSON.stringify(mishap)}`);
			if (mishap.kind === "clock") this.#skewMs += mishap.byMs;
			if (mishap.kind === "pos away") this.#sendAway(mishap.ms);
			if (mishap.kind === "hold") void holdPrinter(mishap.ms, mishap.cancels, this);
			if (mishap.kind === "postback") this.bank.post(mishap.what);
		});
	}

	/** The make depends on the day, so that each proves what the others cannot. */
	#printer(which: 0 | 1): SimPrinter {
		const all = Object.keys(makes) as (keyof typeof makes)[];
		const make = all[(this.#plan.seed + which) % all.length] ?? "generic-80mm";
		const mishaps = () => this.#all("printer").filter((mishap) => mishap.which === which);
		return new SimPrinter(make, this.time, (opening) => {
			const mishap = this.#met(
				"printer",
				mishaps().find(({ nth }) => nth === opening),
			);
			if (mishap !== undefined) this.tell(`printer ${which}: ${mishap.what}`);
			return mishap;
		});
	}

	#sendAway(ms: number): void {
		this.pos.away(true);
		this.time.after(ms, () => {
			this.pos.away(false);
			this.#life?.catchUp();
		});
	}

	#all<K extends Mishap["kind"]>(kind: K): readonly OfKind<K>[] {
		return this.#plan.mishaps.filter((mishap): mishap is OfKind<K> => mishap.kind === kind);
	}

	#met<M>(name: string, mishap: M | undefined): M | undefined {
		if (mishap !== undefined) this.mishaps.set(name, (this.mishaps.get(name) ?? 0) + 1);
		return mishap;
	}
}
