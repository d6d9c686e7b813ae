import fc from "fast-check";
import { expect, test } from "vitest";
import { type Garbling, ReplyLine } from "../../../hardware-mocks/printer/reply-line.ts";
import { stepClock } from "./step-clock.ts";

function line(garbling?: Garbling) {
	const clock = stepClock();
	const said: number[][] = [];
	const answers = new ReplyLine((bytes) => said.push([...bytes]), clock);
	answers.garble(garbling);
	return { answers, said, clock };
}

const reply = Uint8Array.of(0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0x00);

test("a good line says what it is told to", () => {
	const { answers, said } = line();
	answers.reply(reply);
	expect(said).toEqual([[...reply]]);
});

test("noise puts bytes between those of a reply, which all come in their order, the same for the same seed", () => {
	fc.assert(
		fc.property(fc.nat(), (seed) => {
			const [one, other] = [line({ seed, noise: 0.5, flow: 0.3 }), line({ seed, noise: 0.5, flow: 0.3 })];
			for (const { answers } of [one, other]) answers.reply(reply);
			expect(one.said).toEqual(other.said);
			let at = 0;
			for (const byte of one.said.flat()) if (byte === reply[at]) at++;
			expect(at).toBe(reply.length);
		}),
	);
});

test("stray flow control is XON and XOFF only", () => {
	const { answers, said } = line({ seed: 1, flow: 0.5 });
	for (let count = 0; count < 20; count++) answers.reply(Uint8Array.of(0x12));
	const strays = new Set(said.flat().filter((byte) => byte !== 0x12));
	expect(strays).toEqual(new Set([0x11, 0x13]));
});

test("a late answer comes so much later", async () => {
	const { answers, said, clock } = line({ seed: 0, lateMs: 700 });
	answers.reply(reply);
	await clock.pass(699);
	expect(said).toEqual([]);
	await clock.pass(1);
	expect(said).toEqual([[...reply]]);
});

test("answers that are one behind come when the next is due", () => {
	const { answers, said } = line({ seed: 0, oneBehind: true });
	for (const byte of [1, 2, 3]) answers.reply(Uint8Array.of(byte));
	expect(said).toEqual([[1], [2]]);
});

test("a mute line says nothing, and goes on when it may", () => {
	const { answers, said } = line();
	answers.mute = true;
	answers.reply(reply);
	answers.mute = false;
	answers.reply(Uint8Array.of(0x12));
	expect(said).toEqual([[0x12]]);
});
