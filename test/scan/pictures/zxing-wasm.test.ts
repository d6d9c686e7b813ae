import { Socket } from "node:net";
import { beforeAll, expect, test, vi } from "vitest";
import type { Engine } from "../../../src/scan/pictures/engine.ts";
import type { Grey } from "../../../src/scan/pictures/grey.ts";
import { openZxingWasm } from "../../../src/scan/pictures/zxing-wasm.ts";
import * as drawing from "./drawing.ts";

let engine: Engine;
beforeAll(async () => {
	engine = await openZxingWasm();
});

const texts = (grey: Grey, most = 1) =>
	engine(grey, most).map(({ bytes }) => Buffer.from(bytes).toString("latin1"));

/** Modules are 2 or 4 pixels wide. */
const scales = { code128: 2, pdf417: 2, datamatrix: 4, qrcode: 4 } as const;

type Spoil = (grey: Grey, random: () => number) => Grey;
const spoilt = {
	clean: (grey) => grey,
	blurred: (grey) => drawing.blur(grey, 1),
	noisy: (grey, random) => drawing.noise(grey, 30, random),
	"unevenly lit": (grey, random) => drawing.unevenLight(grey, 0.25, random),
	"all at once": (grey, random) =>
		drawing.noise(drawing.unevenLight(drawing.blur(grey, 1), 0.4, random), 12, random),
} satisfies Record<string, Spoil>;

/** Of 8 pictures, two places in each of four rotations, those that are read; the same in every run. */
const rates: Record<keyof typeof spoilt, Record<drawing.Kind, number>> = {
	clean: { code128: 8, pdf417: 8, datamatrix: 8, qrcode: 8 },
	blurred: { code128: 8, pdf417: 8, datamatrix: 8, qrcode: 8 },
	noisy: { code128: 8, pdf417: 8, datamatrix: 8, qrcode: 8 },
	"unevenly lit": { code128: 7, pdf417: 8, datamatrix: 8, qrcode: 8 },
	"all at once": { code128: 3, pdf417: 7, datamatrix: 8, qrcode: 8 },
};

test.each(
	(Object.keys(spoilt) as (keyof typeof spoilt)[]).flatMap((how) =>
		drawing.kinds.map((kind) => ({ how, kind, least: rates[how][kind] })),
	),
)(
	"of 8 pictures of $kind, $how, at least $least are read, and none wrongly",
	async ({ how, kind, least }) => {
		const symbol = await drawing.greyOf(await drawing.symbolPng(kind, drawing.content, scales[kind]));
		const read = drawing.quarters.flatMap((quarter) =>
			[1, 2].flatMap((place) => {
				const random = drawing.randomFrom(place * 10 + quarter);
				const clean = drawing.framed(drawing.turn(symbol, quarter), 600, 600, random);
				return texts(spoilt[how](clean, random));
			}),
		);
		expect(new Set(read)).toEqual(new Set([drawing.content]));
		expect(read.length).toBeGreaterThanOrEqual(least);
	},
);

test.each([
	["code128", "1234", "code128", "1234"],
	["gs1-128", "(01)04600000000008(10)AB(21)x", "gs1-128", "010460000000000810AB\x1d21x"],
	["pdf417", "22N000\\\r\n\x1d", "pdf417", "22N000\\\r\n\x1d"],
	["micropdf417", "MICRO", "micropdf417", "MICRO"],
	["datamatrix", "0104\x1d93", "datamatrix", "0104\x1d93"],
	["gs1datamatrix", "(01)04600000000008(21)5a(93)xyz", "gs1-datamatrix", "0104600000000008215a\x1d93xyz"],
	["qrcode", "при", "qr", Buffer.from("при").toString("latin1")],
	["gs1qrcode", "(01)04600000000008(21)5a(93)x", "gs1-qr", "0104600000000008215a\x1d93x"],
	["azteccode", "aztec", "aztec", "aztec"],
	["ean13", "4600000000008", "ean13", "4600000000008"],
	["ean8", "46000002", "ean8", "46000002"],
	["databaromni", "(01)04600000000008", "databar", "0104600000000008"],
])("%s of %j is a %s, byte for byte %j", async (bcid, text, symbology, bytes) => {
	const grey = await drawing.greyOf(await drawing.symbolPng(bcid, text, 3));
	const reads = engine(grey, 1).map((read) => [read.symbology, Buffer.from(read.bytes).toString("latin1")]);
	expect(reads).toEqual([[symbology, bytes]]);
});

test("several codes in one picture are all read, up to the number that is asked for, each once", async () => {
	const bottles = ["one", "two", "three", "three"];
	const laid = await Promise.all(
		bottles.map(async (text, place) => {
			const grey = await drawing.greyOf(await drawing.symbolPng("qrcode", text, 3));
			return { grey, left: 160 + (place % 2) * 250, top: 20 + (place >> 1) * 250 };
		}),
	);
	const stripes = await drawing.greyOf(await drawing.symbolPng("code128", "beside", 2));
	const sheet = drawing.frame(800, 600, ...laid, {
		grey: drawing.turn(stripes, 1),
		left: 20,
		top: 200,
	});
	expect(texts(sheet, 8).sort()).toEqual(["beside", "one", "three", "two"]);
	expect(texts(sheet, 2)).toHaveLength(2);
});

test("nothing is read where there is nothing, neither on paper nor in noise", () => {
	const paper = drawing.frame(320, 240);
	expect(texts(paper, 4)).toEqual([]);
	for (let seed = 0; seed < 10; seed += 1) {
		expect(texts(drawing.noise(paper, 60, drawing.randomFrom(seed)), 4)).toEqual([]);
	}
	expect(texts({ pixels: new Uint8Array(1), width: 1, height: 1 })).toEqual([]);
});

test("it is ready without any network", async () => {
	const fetched = vi.fn();
	const connected = vi.spyOn(Socket.prototype, "connect");
	vi.stubGlobal("fetch", fetched);
	try {
		const offline = await openZxingWasm();
		const grey = await drawing.greyOf(await drawing.symbolPng("qrcode", "offline", 4));
		expect(offline(grey, 1)).toHaveLength(1);
		expect(fetched).not.toHaveBeenCalled();
		expect(connected).not.toHaveBeenCalled();
	} finally {
		vi.unstubAllGlobals();
		connected.mockRestore();
	}
});
