import type { FaultCode } from "../model/fault.ts";
import type { Conversation } from "./conversation.ts";

/** Why there is no channel. */
export type Unreached = { readonly fault: FaultCode; readonly detail: string };

/** The way to a printer, as a block needs it. */
export type Channel = {
	/** A talk over an open channel, or why there is none within `connectMs`. */
	reach(): Promise<Conversation | Unreached>;
	/** The block is through. A channel in which it got stuck is not used for another. */
	leave(talk: Conversation, stuck: boolean): Promise<void>;
	/** Ends the channel for good. */
	close(): Promise<void>;
};

export const isReached = (reached: Conversation | Unreached): reached is Conversation => "send" in reached;
