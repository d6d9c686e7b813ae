import { FaultError } from "../model/fault.ts";
import type { Channel } from "./channel.ts";
import { ClientSession, type Shared } from "./client-session.ts";
import { type Door, tokenDoor } from "./door.ts";
import { rpcError, wordless } from "./errors.ts";
import { sayGoodbye } from "./goodbye.ts";
import { errorLine } from "./rpc.ts";
import { Strangers } from "./strangers.ts";
import type { TokenCheck } from "./tokens.ts";

/** Receives clients by whatever way they come: so many at once, each with its number in the log. */
export class Reception {
	readonly #shared: Shared;
	readonly #tokenName: TokenCheck;
	readonly #strangers: Strangers;
	/** Those that have been let in. */
	readonly #guests = new Set<ClientSession>();
	readonly #sessions = new Set<ClientSession>();
	#clients = 0;

	constructor(shared: Shared, tokenName: TokenCheck) {
		this.#shared = shared;
		this.#tokenName = tokenName;
		this.#strangers = new Strangers(shared.settings, shared.clock);
	}

	/** Lets a client in for whom the system vouches; `who` is for the log. */
	welcome(channel: Channel, who: object): void {
		const crowd = this.#crowd();
		if (crowd !== undefined) {
			this.turnAway(channel, crowd);
			return;
		}
		const { session, client } = this.#open(channel);
		this.#letIn(session, client, channel, who);
	}

	/** Lets a client in once it has said a token. */
	meet(channel: Channel): void {
		const door = tokenDoor(this.#tokenName, (tokenName, hello) => {
			const crowd = this.#crowd();
			if (crowd !== undefined) throw crowd;
			leave();
			// Under a name of its own: what is called a token the log hides.
			this.#letIn(session, client, channel, { tokenName, program: hello.client });
		});
		const { session, client } = this.#open(channel, door);
		const leave = this.watch((why) => session.expel(new FaultError("not-allowed", why)));
		channel.stream.once("close", leave);
	}

	/** A connection that has not said yet whose it is. @returns what is to be called when that is over. */
	watch(end: (why: string) => void): () => void {
		return this.#strangers.add(end);
	}

	/** Tells a client that is not let in why. */
	turnAway({ stream, transport }: Channel, fault: FaultError): void {
		const { explain, log } = this.#shared;
		log.warn({ transport, fault: fault.code, why: fault.detail }, "a client was turned away");
		stream.on("error", (error) => log.debug({ error: wordless(error) }, "connection broken"));
		sayGoodbye(stream, errorLine(null, rpcError(fault, explain)));
	}

	/** Answers what is on its way and ends every connection. */
	close(): void {
		for (const session of this.#sessions) session.close();
	}

	#open(channel: Channel, door?: Door) {
		this.#clients += 1;
		const client = this.#clients;
		const session = new ClientSession(channel, client, this.#shared, door);
		this.#sessions.add(session);
		channel.stream.once("close", () => this.#sessions.delete(session));
		return { session, client };
	}

	#letIn(session: ClientSession, client: number, { transport, stream }: Channel, who: object): void {
		const { log } = this.#shared;
		this.#guests.add(session);
		log.info({ client, transport, ...who }, "client let in");
		stream.once("close", () => {
			this.#guests.delete(session);
			log.info({ client }, "client gone");
		});
	}

	#crowd(): FaultError | undefined {
		const { mostClients } = this.#shared.settings;
		if (this.#guests.size < mostClients) return undefined;
		return new FaultError("too-many-clients", `at most ${mostClients} may be connected`);
	}
}
