import { expect, test } from "vitest";
import type { Port } from "../../src/model/device.ts";
import { converse } from "../../src/print/conversation.ts";
import { type PortInHand, portInHand } from "./port-in-hand.ts";
import { clockInHand, epson, generic, nothing, proofOf } from "./printing-kit.ts";
import { ready } from "./scripted-printer.ts";

function scene(port: (hand: PortInHand) => Port = ({ port }) => port) {
	const hand = portInHand();
	const clock = clockInHand();
	const tools = { listen: epson.listen(), owed: { count: 0 }, unasked: nothing, clock };
	return { hand, clock, talk: converse(port(hand), tools) };
}

const echo = epson.confirmation("A001");

test("an answer in pieces is read whole, also when it comes before the question is known to have left", async () => {
	const { talk } = scene((hand) => ({
		...hand.port,
		write: async () => {
			hand.say([0x37, 0x22, 0x41]);
			hand.say([0x30, 0x30, 0x31, 0]);
		},
	}));
	expect(echo && (await talk.ask(echo, 1, "by-name"))).toBe("process-id");
});

test("a question that is not answered in time has no answer", async () => {
	const { hand, clock, talk } = scene();
	hand.habits.status = [];
	clock.pass(1);
	expect(await talk.ask(epson.status(), 1, "at-once")).toBeUndefined();
});

test("a question ends when the channel does, and the reason is known", async () => {
	const { hand, talk } = scene();
	hand.habits.echoes = false;
	expect(talk.ended()).toBeUndefined();
	const answer = echo && talk.ask(echo, 1, "by-name");
	await hand.asked(proofOf(epson));
	hand.end("no such device");
	expect(await answer).toBeUndefined();
	expect(talk.ended()).toEqual({ reason: "failed", detail: "no such device" });
});

test("a channel that has ended is asked nothing more", async () => {
	const { hand, talk } = scene();
	hand.end("no such device");
	await hand.port.gone;
	const before = hand.written().length;
	expect(await talk.ask(epson.status(), 1, "at-once")).toBeUndefined();
	expect(await talk.pose(epson.status(), 1, "at-once").answer).toBeUndefined();
	expect(hand.written().length).toBe(before);
});

test("questions that are answered at once wait for one another", async () => {
	const { hand, talk } = scene();
	hand.habits.status = [];
	const [first, second] = [talk.ask(epson.status(), 1, "at-once"), talk.ask(epson.status(), 1, "at-once")];
	await hand.asked(epson.status().request);
	expect(hand.written()).toEqual(Buffer.from(epson.status().request));
	hand.habits.status = ready;
	hand.say(ready);
	expect([(await first)?.online, (await second)?.online]).toEqual([true, true]);
});

test("a question behind a long block has its time from when it leaves", async () => {
	const { hand, clock, talk } = scene();
	const stuck = Promise.withResolvers<void>();
	hand.habits.taking = stuck.promise;
	const sent = talk.send(new Uint8Array(5_000), 2);
	const answer = talk.ask(epson.status(), 1, "at-once");
	clock.lapse(1);
	stuck.resolve();
	expect(await sent).toBeUndefined();
	expect((await answer)?.online).toBe(true);
});

test("after the end of the talk nothing is heard", async () => {
	const { hand, talk } = scene();
	await talk.close(1);
	const answer = talk.pose(generic.status(), 1, "at-once").answer;
	hand.say(ready);
	expect(await answer).toBeUndefined();
});
