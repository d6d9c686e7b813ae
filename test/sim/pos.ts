import type { PosEvent } from "../../src/model/event.ts";
import { FaultError } from "../../src/model/fault.ts";
import { Death } from "./mortal.ts";
import type { World } from "./world.ts";

/** What the POS program was told of an operation, by an answer or an event. */
export type Told = {
	readonly operationId: string;
	readonly kind: string;
	readonly orderId: string;
	readonly state: string;
	readonly fault?: string;
	readonly moneyMoved?: string;
};

/** What the POS program was told of a print. */
export type ToldPrint = {
	readonly printId: number;
	readonly operationId?: string;
	readonly state: string;
	readonly mark: string;
};

/** What came of a call: kassad's answer, its refusal, or nothing because kassad's run has ended. */
export type Called<T> =
	| { readonly kind: "answer"; readonly result: T }
	| { readonly kind: "refusal"; readonly fault: string }
	| { readonly kind: "died" };

/** The POS program: it asks, hears events, remembers all that it was told, and outlives every run of kassad. */
export class Pos {
	readonly #world: World;
	/** In the order of hearing. */
	readonly told: Told[] = [];
	readonly #ends = new Map<string, PromiseWithResolvers<Told>>();
	readonly #prints = new Map<string, PromiseWithResolvers<ToldPrint>>();
	#heard = 0;
	#away = false;

	constructor(world: World) {
		this.#world = world;
	}

	async call<T>(method: string, params: object): Promise<Called<T>> {
		const life = await this.#world.life();
		const died = life.run.died.then((): Called<T> => ({ kind: "died" }));
		return Promise.race([died, this.#answerOf<T>(life.call(method, params), method)]);
	}

	/** The last word on an operation, whenever it comes. */
	end(operationId: string): Promise<Told> {
		return this.#endOf(operationId).promise;
	}

	/** The first verdict on a slip of an operation, whenever it comes. */
	slip(operationId: string): Promise<ToldPrint> {
		return this.#slipOf(operationId).promise;
	}

	/** Hears whatever it has not heard, unless it is away. */
	catchUp(since: (seq: number, most: number) => readonly PosEvent[]): void {
		if (this.#away) return;
		for (const event of since(this.#heard, 1_000)) {
			this.#heard = event.seq;
			if (event.type === "operation") this.#note(event.body as unknown as Told);
			if (event.type === "print") this.#notePrint(event.body as unknown as ToldPrint);
		}
	}

	away(isAway: boolean): void {
		this.#away = isAway;
	}

	async #answerOf<T>(answer: Promise<object>, method: string): Promise<Called<T>> {
		try {
			const result = await answer;
			if (method === "operation.get") this.#note(result as Told);
			return { kind: "answer", result: result as T };
		} catch (error) {
			if (error instanceof Death) return { kind: "died" };
			if (error instanceof FaultError) return { kind: "refusal", fault: error.code };
			throw error;
		}
	}

	#note(told: Told): void {
		this.told.push(told);
		this.#world.tell(`pos hears: ${told.kind} of ${told.orderId} is ${told.state} ${told.fault ?? ""}`);
		if (told.state === "settled" || told.state === "refused") this.#endOf(told.operationId).resolve(told);
	}

	#notePrint(told: ToldPrint): void {
		const { printId, operationId, state, mark } = told;
		this.#world.tell(`pos hears: print ${printId} (${mark}) is ${state}`);
		if (operationId !== undefined && state !== "printing") this.#slipOf(operationId).resolve(told);
	}

	#slipOf(operationId: string): PromiseWithResolvers<ToldPrint> {
		const known = this.#prints.get(operationId);
		if (known !== undefined) return known;
		const slip = Promise.withResolvers<ToldPrint>();
		this.#prints.set(operationId, slip);
		return slip;
	}

	#endOf(operationId: string): PromiseWithResolvers<Told> {
		const known = this.#ends.get(operationId);
		if (known !== undefined) return known;
		const end = Promise.withResolvers<Told>();
		this.#ends.set(operationId, end);
		return end;
	}
}
