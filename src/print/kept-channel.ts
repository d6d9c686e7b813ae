import { firstValueFrom, type Observable, Subject } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Gone, Port, Presence } from "../model/device.ts";
import type { Channel, Unreached } from "./channel.ts";
import type { Conversation } from "./conversation.ts";
import { within } from "./deadline.ts";
import type { Watch } from "./watch.ts";

/** A channel that somebody else opens again and again. */
export type KeptWay = {
	readonly presence$: Observable<Presence>;
	/** Ends the pause before the next try. */
	readonly retry: () => void;
};

export type KeptTools = {
	readonly begin: (port: Port) => Conversation;
	/** What is said first on a channel; a block waits until it is said. */
	readonly greet: (talk: Conversation) => Promise<void>;
	/** Looks after the printer until the channel has ended. */
	readonly attend: (talk: Conversation, end: AbortSignal) => Promise<void>;
	readonly watch: Watch;
	readonly connectMs: number;
	readonly closeMs: number;
	readonly clock: Clock;
};

type Open = { readonly talk: Conversation; readonly greeted: Promise<void> };

type Turn = Open | { readonly gone: Gone; readonly wasOpen: boolean };

/**
 * A channel that stays open between blocks. When it is away, a block has it tried again at once and waits for that one
 * try. Many network printers close a channel that is idle: that the printer is away is told only if it cannot be
 * opened again at the first try.
 */
export function keptChannel({ presence$, retry }: KeptWay, tools: KeptTools): Channel {
	const { connectMs, closeMs, clock } = tools;
	const { turns$, current, close } = openTurns(presence$, tools);
	const triedOnce = async (): Promise<Open | Unreached> => {
		for (;;) {
			const open = current();
			if (open !== undefined && open.talk.ended() === undefined) return open;
			const next = firstValueFrom(turns$, { defaultValue: closing });
			retry();
			const turn = await next;
			if ("talk" in turn) return turn;
			if (!turn.wasOpen) return unreached(turn.gone.detail);
		}
	};
	return {
		reach: async () => {
			const open = await within(connectMs, clock, triedOnce());
			if (open === undefined) return unreached(`no connection within ${connectMs} ms`);
			if (!("talk" in open)) return open;
			await open.greeted;
			return open.talk;
		},
		leave: async (talk, stuck) => {
			if (stuck) await talk.close(closeMs);
		},
		close,
	};
}

/** Every channel as it comes and goes, the one that is open, and the end of it all. */
function openTurns(
	presence$: KeptWay["presence$"],
	{ begin, greet, attend, watch, closeMs }: Omit<KeptTools, "connectMs" | "clock">,
) {
	const turns$ = new Subject<Turn>();
	let current: Open | undefined;
	let end = new AbortController();

	const opened = (port: Port) => {
		const talk = begin(port);
		end = new AbortController();
		const { signal } = end;
		const greeted = greet(talk);
		void greeted.then(() => attend(talk, signal));
		current = { talk, greeted };
		turns$.next(current);
	};
	const lost = (gone: Gone) => {
		const wasOpen = current !== undefined;
		current = undefined;
		end.abort("gone");
		if (!(wasOpen && gone.reason === "closed")) watch.tell({ state: "away", detail: gone.detail });
		turns$.next({ gone, wasOpen });
	};
	const keeping = presence$.subscribe((presence) =>
		presence.state === "open" ? opened(presence.port) : lost(presence.gone),
	);
	const close = async () => {
		keeping.unsubscribe();
		end.abort("closed");
		await current?.talk.close(closeMs);
		turns$.complete();
	};
	return { turns$, current: () => current, close };
}

const closing: Turn = { gone: { reason: "closed", detail: "kassad is stopping" }, wasOpen: false };

const unreached = (detail: string): Unreached => ({ fault: "printer-unreachable", detail });
