import { type Random, random } from "./random.ts";

/** A position of a basket; one that is not counted in pieces can only be returned whole. */
export type Position = {
	readonly price: number;
	readonly quantity: number;
	readonly measure?: "PIECE" | "GRAM";
};

/** What the customer, or the bank for them, does with a payment or a refund, so many ms after it was begun. */
export type Fate = { readonly how: "accepts" | "rejects" | "never"; readonly afterMs: number };

/** A cashier's wish besides the payment itself. `twice`: the key is pressed again at once. */
export type Press =
	| {
			readonly wish: "cancel";
			/** Ms after the payment began. */
			readonly atMs: number;
			readonly by: "cashier" | "customer";
			readonly twice: boolean;
	  }
	| {
			readonly wish: "refund";
			/** Ms after the payment is known to be paid. */
			readonly atMs: number;
			/** Quantities by position; undefined: all that is left. */
			readonly quantities?: readonly number[];
			readonly fate: Fate;
			readonly twice: boolean;
	  }
	| { readonly wish: "receipt"; readonly atMs: number; readonly twice: boolean };

/** What a cashier does about a slip that is not known to be on paper: looks and answers, presses again, or nothing. */
type Manner = "looks" | "presses again" | "nothing";

export type Shopper = {
	readonly name: string;
	/** Which of the shop's two tills serves them. */
	readonly till: 0 | 1;
	/** Ms since the beginning. */
	readonly comesAt: number;
	readonly basket: readonly Position[];
	readonly fate: Fate;
	readonly asksProviders: boolean;
	readonly paysTwice: boolean;
	/** About slips. */
	readonly manner: Manner;
	/** Ms between hearing of a slip and doing something about it. */
	readonly slipAfterMs: number;
	/** Whether a copy of every slip is wanted, and the key for it pressed twice. */
	readonly wantsCopy: boolean;
	readonly presses: readonly Press[];
};

/** What goes wrong with one request, the `nth` of all. */
export type NetworkMishap = {
	readonly kind: "network";
	readonly nth: number;
	readonly what:
		| "not sent"
		| "request lost"
		| "request late"
		| "request twice"
		| "answer lost"
		| "answer late"
		| "answer cut"
		| "answer garbled"
		| "server error before"
		| "server error after"
		| "too many requests";
	/** Of what is late or comes twice. */
	readonly ms: number;
};

export type Mishap =
	| NetworkMishap
	/** The process ends at the `nth` moment at which it touches disk, wire, printer or clock; perhaps with the machine. */
	| { readonly kind: "death" | "power cut"; readonly nth: number }
	/** From the `nth` write on the disk is full, for some ms. */
	| { readonly kind: "disk full"; readonly nth: number; readonly ms: number }
	| {
			readonly kind: "printer";
			/** The first printer, or its substitute. */
			readonly which: 0 | 1;
			/** The connection to the printer that meets it. */
			readonly nth: number;
			readonly what: "unreachable" | "paper out" | "cover open" | "mute" | "cable pulled";
			/** Lines, or bytes for the cable, until it happens. */
			readonly after: number;
			/** Until somebody mends it. */
			readonly ms: number;
	  }
	/** Somebody holds the first printer, and lets it go on; or takes back whatever waits meanwhile. */
	| { readonly kind: "hold"; readonly atMs: number; readonly ms: number; readonly cancels: boolean }
	| { readonly kind: "clock"; readonly atMs: number; readonly byMs: number }
	/** The POS program hears nothing for a while, and catches up. */
	| { readonly kind: "pos away"; readonly atMs: number; readonly ms: number }
	| { readonly kind: "postback"; readonly atMs: number; readonly what: "unknown" | "again" };

/** A day in the shop: who comes, what they do and what goes wrong. Everything that chance decides is in here. */
export type Plan = {
	readonly seed: number;
	readonly shoppers: readonly Shopper[];
	readonly mishaps: readonly Mishap[];
};

/** The plan of a seed: one to three shoppers and up to eight mishaps. */
export function planOf(seed: number): Plan {
	const chance = random(seed);
	const shoppers = several(chance.between(1, 3), (index) => shopper(chance, index, seed));
	const mishaps = several(chance.between(0, 8), () => mishap(chance, shoppers.length));
	return { seed, shoppers, mishaps };
}

function several<T>(count: number, make: (index: number) => T): T[] {
	return Array.from({ length: count }, (_, index) => make(index));
}

/** Every fourth day is a busy one: who comes meets those who came before, perhaps at the other till. */
function shopper(chance: Random, index: number, seed: number): Shopper {
	const apartMs = seed % 4 === 3 ? 4_000 : 40_000;
	const basket = several(chance.between(1, 3), () => position(chance));
	return {
		name: `shopper ${index + 1}`,
		till: (seed + index) % 3 === 0 ? 1 : 0,
		comesAt: index * apartMs + chance.between(0, 20_000),
		basket,
		fate: fate(chance),
		asksProviders: chance.chance(0.2),
		paysTwice: chance.chance(0.3),
		manner: chance.pick(["looks", "presses again", "nothing"]),
		slipAfterMs: chance.between(0, 20_000),
		wantsCopy: chance.chance(0.2),
		presses: several(chance.between(0, 3), () => press(chance, basket)),
	};
}

function position(chance: Random): Position {
	const quantity = chance.between(1, 4);
	const price = chance.between(200, 50_000);
	return chance.chance(0.2) ? { price, quantity, measure: "GRAM" } : { price, quantity };
}

function fate(chance: Random): Fate {
	const how = chance.pick(["accepts", "accepts", "accepts", "accepts", "rejects", "never"]);
	// Around the 30 s of patience too, where a cancel meets a late consent.
	const afterMs = chance.pick([
		chance.between(0, 3_000),
		chance.between(0, 12_000),
		chance.between(25_000, 36_000),
	]);
	return { how, afterMs };
}

function press(chance: Random, basket: readonly Position[]): Press {
	const twice = chance.chance(0.4);
	const atMs = chance.pick([chance.between(0, 500), chance.between(0, 8_000), chance.between(0, 60_000)]);
	const wish = chance.pick(["cancel", "refund", "refund", "refund", "receipt"]);
	if (wish === "cancel") return { wish, atMs, by: chance.pick(["cashier", "customer"]), twice };
	if (wish === "receipt") return { wish, atMs, twice };
	const some = basket.map(({ quantity }) => chance.between(0, quantity));
	const part = chance.chance(0.6) && some.some((quantity) => quantity > 0) ? { quantities: some } : {};
	const bank: Fate = { how: chance.chance(0.85) ? "accepts" : "rejects", afterMs: chance.between(0, 4_000) };
	return { wish, atMs, ...part, fate: bank, twice };
}

function mishap(chance: Random, shoppers: number): Mishap {
	const dayMs = shoppers * 60_000;
	const kind = chance.pick([
		...(["network", "network", "network", "death", "power cut"] as const),
		...(["disk full", "printer", "printer", "hold", "clock", "pos away", "postback"] as const),
	]);
	const atMs = chance.between(0, dayMs);
	switch (kind) {
		case "network":
			return networkMishap(chance);
		case "death":
		case "power cut":
			return { kind, nth: chance.pick([chance.between(1, 40), chance.between(1, 400)]) };
		case "disk full":
			return { kind, nth: chance.between(1, 80), ms: chance.between(100, 20_000) };
		case "printer":
			return printerMishap(chance);
		case "hold":
			return { kind, atMs, ms: chance.between(100, 60_000), cancels: chance.chance(0.3) };
		case "clock":
			return { kind, atMs, byMs: chance.pick([-86_400_000, -45_000, 45_000, 3_600_000]) };
		case "pos away":
			return { kind, atMs, ms: chance.between(100, 60_000) };
		case "postback":
			return { kind, atMs, what: chance.pick(["unknown", "again"]) };
	}
}

function networkMishap(chance: Random): NetworkMishap {
	const what = chance.pick([
		...(["not sent", "request lost", "request late", "request twice"] as const),
		...(["answer lost", "answer lost", "answer late", "answer cut", "answer garbled"] as const),
		...(["server error before", "server error after", "too many requests"] as const),
	]);
	const nth = chance.pick([chance.between(1, 6), chance.between(1, 60)]);
	return { kind: "network", nth, what, ms: chance.between(50, 45_000) };
}

function printerMishap(chance: Random): Mishap {
	const what = chance.pick(["unreachable", "paper out", "cover open", "mute", "cable pulled"]);
	const after = what === "cable pulled" ? chance.between(1, 1_500) : chance.between(0, 25);
	const which = chance.pick([0, 0, 0, 1]);
	return { kind: "printer", which, nth: chance.between(1, 4), what, after, ms: chance.between(100, 30_000) };
}
