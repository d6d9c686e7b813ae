import type { Port } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import type { Channel } from "./channel.ts";
import type { Conversation } from "./conversation.ts";
import type { Watch } from "./watch.ts";
import { wordsOf } from "./words.ts";

export type BlockTools = {
	readonly begin: (port: Port) => Conversation;
	/** Looks after the printer until the block is through. */
	readonly attend: (talk: Conversation, end: AbortSignal) => Promise<void>;
	readonly watch: Watch;
	readonly closeMs: number;
};

/** A channel of its own for each block, so that other programs can print in between. `open` has a deadline. */
export function blockChannel(open: () => Promise<Port>, tools: BlockTools): Channel {
	const { begin, attend, watch, closeMs } = tools;
	const ends = new Map<Conversation, AbortController>();
	const leave = async (talk: Conversation) => {
		ends.get(talk)?.abort("left");
		ends.delete(talk);
		await talk.close(closeMs);
	};
	return {
		reach: async () => {
			try {
				const talk = begin(await open());
				const end = new AbortController();
				ends.set(talk, end);
				void attend(talk, end.signal);
				return talk;
			} catch (error) {
				const detail = wordsOf(error);
				watch.tell({ state: "away", detail });
				return { fault: error instanceof FaultError ? error.code : "printer-unreachable", detail };
			}
		},
		leave,
		close: async () => {
			await Promise.all([...ends.keys()].map(leave));
		},
	};
}
