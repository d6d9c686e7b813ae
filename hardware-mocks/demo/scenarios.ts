import type { Providers } from "../pay-api/providers.ts";
import type { Script } from "../pay-api.ts";

/** One story that the demo can tell. What is not named is as in an ordinary day. */
export type Scenario = {
	/** A line for the person who watches. */
	readonly title: string;
	readonly card: "payable" | "old";
	readonly server: Script;
	/** The ways to pay that customers have; the usual ones when left out. */
	readonly providers?: Providers;
	/** Ways to pay that the server takes; the document's when left out. */
	readonly paymentTypes?: readonly string[];
	readonly paper: "loaded" | "out";
	/** Whether the daemon is killed between the checkout and its answer. */
	readonly kill: boolean;
	/** Whether a part of the purchase is brought back at once. */
	readonly refund: boolean;
	/** How long the customer may take to confirm, ms; shorter than on a till where the story waits for it. */
	readonly giveUpMs: number;
};

const ordinary: Omit<Scenario, "title"> = {
	card: "payable",
	server: { accept: 2 },
	paper: "loaded",
	kill: false,
	refund: false,
	giveUpMs: 30_000,
};

export const scenarios = {
	accepted: { ...ordinary, title: "The customer confirms, the slip is printed" },
	rejected: {
		...ordinary,
		title: "The bank refuses: not enough limit",
		server: { reject: "NOT_ENOUGH_LIMIT_TO_PAY" },
	},
	timeout: {
		...ordinary,
		title: "The customer never confirms; kassad cancels by itself (after 3 s here, 30 s on a till)",
		server: { pending: true },
		giveUpMs: 3_000,
	},
	"no-paper": { ...ordinary, title: "The printer has no paper: paid all the same", paper: "out" },
	"old-card": { ...ordinary, title: "An old loyalty card that cannot pay", card: "old" },
	"lost-answer": {
		...ordinary,
		title: "The server took the checkout and the answer was lost",
		server: { accept: 2, closeAfterProcessing: true },
	},
	killed: {
		...ordinary,
		title: "The daemon is killed between the checkout and its answer, and started again",
		server: { accept: 2, late: 60_000 },
		kill: true,
	},
	refund: {
		...ordinary,
		title: "The customer pays, and brings one of two bottles back; the bank takes a moment",
		server: { accept: 1, refundPolls: 2 },
		refund: true,
	},
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
