import { afterEach, expect, test } from "vitest";
import type { Picture } from "../../../src/model/read.ts";
import { type Decoder, type DecoderSettings, openDecoder } from "../../../src/scan/pictures/decoder.ts";
import type { Grey } from "../../../src/scan/pictures/grey.ts";
import { PictureRefused } from "../../../src/scan/pictures/refused.ts";
import { keptLog } from "../kept-log.ts";
import * as drawing from "./drawing.ts";

const settings: DecoderSettings = {
	engine: "zxing-wasm",
	deadlineMs: 20_000,
	mostBytes: 4_000_000,
	mostPixels: 4_000_000,
	mostSymbols: 4,
};

const opened: Decoder[] = [];
function open(changes: Partial<DecoderSettings> = {}, ...log: Parameters<typeof openDecoder>[1][]): Decoder {
	const decoder = openDecoder({ ...settings, ...changes }, ...log);
	opened.push(decoder);
	return decoder;
}
afterEach(() => Promise.all(opened.splice(0).map((decoder) => decoder.close())));

const asPicture = ({ pixels, ...size }: Grey): Picture => ({ form: "grey", bytes: pixels, ...size });
const png = async (text: string): Promise<Picture> => ({
	form: "png",
	bytes: await drawing.symbolPng("qrcode", text, 4),
});
const noisy = (width: number, height: number) =>
	asPicture(drawing.noise(drawing.frame(width, height), 40, drawing.randomFrom(7)));
const texts = async (reads: ReturnType<Decoder["decode"]>) =>
	(await reads).map(({ bytes }) => Buffer.from(bytes).toString("latin1"));
const refusal = (reads: Promise<unknown>) =>
	reads.then(
		() => "read",
		(error) => (error instanceof PictureRefused ? error.why : error),
	);

test.each(["zxing-wasm", "zxing-js"] as const)(
	"a picture's code comes with its kind, by %s",
	async (engine) => {
		expect(await open({ engine }).decode(await png("hello"))).toEqual([
			{ bytes: Uint8Array.from(Buffer.from("hello")), symbology: "qr" },
		]);
	},
);

test("pictures are answered in the order in which they come", async () => {
	const decoder = open();
	const order: number[] = [];
	const asked = [noisy(500, 500), await png("second"), asPicture(drawing.frame(50, 50))].map(
		(picture, place) => decoder.decode(picture).finally(() => order.push(place)),
	);
	expect((await Promise.all(asked)).map(({ length }) => length)).toEqual([0, 1, 0]);
	expect(order).toEqual([0, 1, 2]);
});

test("a picture that takes too long is refused, and the next one is read", async () => {
	const { log, lines } = keptLog();
	const decoder = open({ deadlineMs: 1_500, mostPixels: 40_000_000, mostBytes: 40_000_000 }, log);
	expect(await texts(decoder.decode(await png("before")))).toEqual(["before"]);
	const slow = refusal(decoder.decode(noisy(5_000, 5_000)));
	const next = texts(decoder.decode(await png("next")));
	expect(await slow).toBe("too-slow");
	expect(await next).toEqual(["next"]);
	const facts = { why: "too-slow", detail: "the picture takes too long", form: "grey", bytes: 25_000_000 };
	expect(lines).toEqual([`a picture was not decoded ${JSON.stringify(facts)}`]);
});

test("a picture with too many bytes or too many pixels is refused, and so is one that is none", async () => {
	const decoder = open({ mostBytes: 20_000, mostPixels: 10_000 });
	expect(await refusal(decoder.decode(asPicture(drawing.frame(200, 101))))).toBe("too-large");
	expect(await refusal(decoder.decode(asPicture(drawing.frame(100, 101))))).toBe("too-large");
	expect(await refusal(decoder.decode({ form: "grey", bytes: new Uint8Array(9), width: 2, height: 4 }))).toBe(
		"unreadable",
	);
	for (const form of ["bmp", "jpeg", "png", "tiff"] as const) {
		expect(await refusal(decoder.decode({ form, bytes: new Uint8Array(0) }))).toBe("unreadable");
	}
	expect(await refusal(decoder.decode(asPicture(drawing.frame(100, 100))))).toBe("read");
});

test("more pictures than may wait are refused at once, and the waiting ones are not lost", async () => {
	const decoder = open();
	const picture = await png("one of many");
	const answers = await Promise.all(Array.from({ length: 12 }, () => refusal(decoder.decode(picture))));
	expect(answers).toEqual([...Array(9).fill("read"), ...Array(3).fill("too-many")]);
	expect(await refusal(decoder.decode(picture))).toBe("read");
});

test("who gives up is told at once, and the next picture is read", async () => {
	const decoder = open();
	const giveUp = new AbortController();
	const running = refusal(decoder.decode(noisy(400, 400), giveUp.signal));
	const waiting = refusal(decoder.decode(await png("given up"), giveUp.signal));
	const next = texts(decoder.decode(await png("next")));
	giveUp.abort("enough");
	expect(await running).toBe("enough");
	expect(await waiting).toBe("enough");
	expect(await refusal(decoder.decode(await png("late"), giveUp.signal))).toBe("enough");
	expect(await next).toEqual(["next"]);
});

test("when it is closed, what runs and what waits is refused", async () => {
	const decoder = open();
	const asked = [noisy(1_000, 1_000), noisy(50, 50)].map((picture) => refusal(decoder.decode(picture)));
	await decoder.close();
	await decoder.close();
	expect(await Promise.all(asked)).toEqual(["closed", "closed"]);
	expect(await refusal(decoder.decode(noisy(50, 50)))).toBe("closed");
});

test("the caller's bytes stay its own", async () => {
	const picture = await png("mine");
	const before = Buffer.from(picture.bytes).toString("hex");
	await open().decode(picture);
	expect(Buffer.from(picture.bytes).toString("hex")).toBe(before);
});
