import { FaultError } from "../model/fault.ts";
import { reasons } from "./check.ts";
import type { Hello } from "./hello.ts";
import type { Message } from "./rpc.ts";
import { helloParams } from "./schema.ts";
import type { TokenCheck } from "./tokens.ts";

/** Stands before a client until it has said whose it is. */
export type Door = {
	/** Looks at the client's first message. @throws {FaultError} when it does not let the client in. */
	letIn(message: Message): void;
};

/**
 * A door that opens to `hello` with a token.
 * @param enter gets the token's name, and may refuse, too.
 */
export function tokenDoor(tokenName: TokenCheck, enter: (name: string, hello: Hello) => void): Door {
	return {
		letIn: (message) => {
			if (message.kind !== "request" || message.method !== "hello") {
				throw notAllowed("the first message has to be hello {client, token}");
			}
			const read = helloParams.safeParse(message.params);
			if (!read.success) throw notAllowed(`hello does not fit: ${reasons(read.error, "params")}`);
			const { token } = read.data;
			if (token === undefined) throw notAllowed("hello has to say a token here");
			const name = tokenName(token);
			if (name === undefined) throw notAllowed("the token that hello has said is none of socket.tokens");
			enter(name, read.data);
		},
	};
}

const notAllowed = (why: string) => new FaultError("not-allowed", `${why}; the connection is closed`);
