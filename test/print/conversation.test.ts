import { Subject } from "rxjs";
import { expect, test } from "vitest";
import type { Gone, Inquiry, Port } from "../../src/model/device.ts";
import { converse } from "../../src/print/conversation.ts";
import { handClock } from "./hand-clock.ts";

/** Asks with the byte 3Fh and is answered by any two bytes, each question by its own. */
const inquiry: Inquiry<string> = {
	request: Uint8Array.of(0x3f),
	read: (received, from = 0) =>
		received.length < from + 2 ? undefined : Buffer.from(received.subarray(from, from + 2)).toString(),
};

function portInHand(answer: (bytes: Uint8Array) => void) {
	const bytes$ = new Subject<Uint8Array>();
	const { promise: gone, resolve: end } = Promise.withResolvers<Gone>();
	const port: Port = { bytes$, gone, write: async (bytes) => answer(bytes), close: async () => undefined };
	const say = (text: string) => bytes$.next(Buffer.from(text));
	return { port, end, say };
}

test("an answer in pieces is read whole, also when it comes before the question is known to have left", async () => {
	const { port, say } = portInHand(() => {
		say("o");
		say("k");
	});
	expect(await converse(port, handClock()).ask(inquiry, 1)).toBe("ok");
});

test("what came before the question does not answer it", async () => {
	const { port, say } = portInHand(() => say("no"));
	const talk = converse(port, handClock());
	say("yes");
	expect(await talk.ask(inquiry, 1)).toBe("no");
});

test("a question that is not answered in time has no answer", async () => {
	const clock = handClock();
	const { port } = portInHand(() => clock.pass(1));
	expect(await converse(port, clock).ask(inquiry, 1)).toBeUndefined();
});

test("a question ends when the channel does, and the reason is known", async () => {
	const gone: Gone = { reason: "unplugged", detail: "no such device" };
	const { port, end } = portInHand(() => end(gone));
	const talk = converse(port, handClock());
	expect(talk.ended()).toBeUndefined();
	expect(await talk.ask(inquiry, 1)).toBeUndefined();
	expect(talk.ended()).toEqual(gone);
});

test("what could not be sent is told in words", async () => {
	const { port } = portInHand(() => {
		throw new TypeError("cable cut");
	});
	expect(await converse(port, handClock()).send(Uint8Array.of(1), 1)).toBe("cable cut");
});

test("a device that talks without end is heard only so far", async () => {
	const clock = handClock();
	const { port, say } = portInHand(() => {
		for (let piece = 0; piece < 1_000; piece += 1) say("x".repeat(1_024));
		clock.pass(1);
	});
	const heard: number[] = [];
	const read = (received: Uint8Array) => {
		heard.push(received.length);
		return undefined;
	};
	expect(await converse(port, clock).ask({ request: Uint8Array.of(0x3f), read }, 1)).toBeUndefined();
	expect(heard).toEqual([0, 1_024, 2_048, 3_072, 4_096]);
});
