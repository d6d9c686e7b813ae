import { createCanvas, loadImage } from "@napi-rs/canvas";
import bwipjs from "bwip-js/node";
import type { Grey } from "../../../src/scan/pictures/grey.ts";

/** Kinds of symbols as the program that draws them calls them; another family of code than both readers. */
export const kinds = ["code128", "pdf417", "datamatrix", "qrcode"] as const;
export type Kind = (typeof kinds)[number];

export const quarters = [0, 1, 2, 3] as const;

/** As a card's barcode is built; no real card. */
export const content = "7712345678901234A1G97N967";

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A symbol as PNG, black on white, a quiet zone around it. */
export function symbolPng(bcid: string, text: string, scale = 2, options: object = {}): Promise<Buffer> {
	const paper = { paddingwidth: 12, paddingheight: 12, backgroundcolor: "ffffff" };
	return bwipjs.toBuffer({
		bcid,
		text,
		scale,
		...paper,
		...(bcid === "code128" && { height: 15 }),
		...options,
	});
}

/** A picture of any form that the drawing library reads, in grey. */
export async function greyOf(picture: Buffer): Promise<Grey> {
	const image = await loadImage(picture);
	const { width, height } = image;
	const context = createCanvas(width, height).getContext("2d");
	context.drawImage(image, 0, 0);
	const { data } = context.getImageData(0, 0, width, height);
	return { pixels: Uint8Array.from({ length: width * height }, (_, at) => data[at * 4] ?? 0), width, height };
}

/** Turned clockwise by quarters. */
export function turn(grey: Grey, by: number): Grey {
	if (by === 0) return grey;
	const { pixels, width, height } = grey;
	const out = new Uint8Array(pixels.length);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) out[x * height + height - 1 - y] = pixels[y * width + x] ?? 0;
	}
	return turn({ pixels: out, width: height, height: width }, by - 1);
}

/** Symbols laid on a frame of one shade, each by its upper left corner. */
export function frame(
	width: number,
	height: number,
	...laid: readonly { grey: Grey; left: number; top: number }[]
): Grey {
	const pixels = new Uint8Array(width * height).fill(170);
	for (const { grey, left, top } of laid) {
		for (let y = 0; y < grey.height; y += 1) {
			const row = grey.pixels.subarray(y * grey.width, (y + 1) * grey.width);
			// The paper is a little brighter than the rest, ink is not quite black.
			pixels.set(
				row.map((shade) => 25 + (shade * 190) / 255),
				(top + y) * width + left,
			);
		}
	}
	return { pixels, width, height };
}

/** A symbol somewhere on a frame. */
export function framed(grey: Grey, width: number, height: number, random: () => number): Grey {
	const left = Math.floor(random() * (width - grey.width));
	const top = Math.floor(random() * (height - grey.height));
	return frame(width, height, { grey, left, top });
}

/** Out of focus: each pixel the mean of a square of `2 * radius + 1`. */
export function blur(grey: Grey, radius: number): Grey {
	const alongRows = (from: Grey) => turn({ ...from, pixels: boxed(from, radius) }, 1);
	return turn(alongRows(alongRows(grey)), 2);
}

function boxed({ pixels, width, height }: Grey, radius: number): Uint8Array {
	const out = new Uint8Array(pixels.length);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			let sum = 0;
			for (let dx = -radius; dx <= radius; dx += 1) {
				sum += pixels[y * width + Math.min(width - 1, Math.max(0, x + dx))] ?? 0;
			}
			out[y * width + x] = sum / (2 * radius + 1);
		}
	}
	return out;
}

/** Noise of the sensor: near normal, with this standard deviation. */
export function noise({ pixels, ...size }: Grey, deviation: number, random: () => number): Grey {
	const out = pixels.map((shade) => {
		const wave = random() + random() + random() + random() - 2;
		return Math.min(255, Math.max(0, shade + wave * deviation * Math.sqrt(3)));
	});
	return { ...size, pixels: out };
}

/** Light from one side: on the other `darkest` of it is left. */
export function unevenLight({ pixels, width, height }: Grey, darkest: number, random: () => number): Grey {
	const angle = random() * 2 * Math.PI;
	const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
	const out = pixels.map((shade, at) => {
		const [x, y] = [(at % width) / width - 0.5, Math.floor(at / width) / height - 0.5];
		const share = Math.min(1, Math.max(0, 0.5 + (x * dx + y * dy) / Math.SQRT2));
		return shade * (darkest + (1 - darkest) * share);
	});
	return { pixels: out, width, height };
}
