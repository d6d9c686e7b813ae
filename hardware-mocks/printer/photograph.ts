import { createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { type Bitmap, isBlack } from "./bitmap.ts";
import type { Edge } from "./paper.ts";

const colours = {
	table: "#d5d2cc",
	shadow: "rgba(0, 0, 0, 0.35)",
	paper: "#ffffff",
	ink: "#1b1a1c",
} as const;

/** Dots: white at both sides of the print, table around the paper, the teeth of a torn edge. */
const paperMargin = 32;
const tableMargin = 40;
const tooth = { width: 12, height: 8 } as const;

/** A PNG of the strip as paper that lies on a table: one pixel a dot, nothing smoothed. */
export function photograph(strip: Bitmap, edge: Edge): Buffer {
	const paper = { width: strip.width + 2 * paperMargin, height: Math.max(strip.height, 1) };
	const canvas = createCanvas(paper.width + 2 * tableMargin, paper.height + 2 * tableMargin);
	const context = canvas.getContext("2d");
	context.fillStyle = colours.table;
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.translate(tableMargin, tableMargin);
	context.shadowColor = colours.shadow;
	context.shadowBlur = 18;
	context.shadowOffsetY = 6;
	context.fillStyle = colours.paper;
	outline(context, paper.width, paper.height, edge);
	context.fill();
	context.shadowColor = "transparent";
	burn(context, strip);
	return canvas.toBuffer("image/png");
}

/** The paper's outline. A torn edge has teeth below; a partial cut leaves one point in the middle. */
function outline(context: SKRSContext2D, width: number, height: number, edge: Edge): void {
	context.beginPath();
	context.moveTo(0, 0);
	context.lineTo(width, 0);
	context.lineTo(width, height);
	if (edge === "torn")
		for (let x = width; x > 0; x -= tooth.width) {
			context.lineTo(x - tooth.width / 2, height + tooth.height);
			context.lineTo(Math.max(0, x - tooth.width), height);
		}
	if (edge === "partial")
		for (const [x, y] of [
			[5, 0],
			[3, 5],
			[-3, 4],
			[-5, 0],
		] as const)
			context.lineTo(width / 2 + x, height + y);
	context.lineTo(0, height);
	context.closePath();
}

function burn(context: SKRSContext2D, strip: Bitmap): void {
	context.fillStyle = colours.ink;
	for (let y = 0; y < strip.height; y++)
		for (let x = 0; x < strip.width; x++) {
			let run = 0;
			while (isBlack(strip, x + run, y)) run++;
			if (run > 0) context.fillRect(paperMargin + x, y, run, 1);
			x += run;
		}
}
