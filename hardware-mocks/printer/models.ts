import type { PrinterFacts } from "./pen.ts";

/** Printers as a shop may have them, by what is on the box. */
export const models = {
	"58mm": { dots: 384, chinese: true, processId: false, cutter: false },
	"80mm": { dots: 576, chinese: true, processId: false, cutter: true },
	"tm-t88v": { dots: 512, chinese: false, processId: true, cutter: true },
	"tm-t20iii": { dots: 576, chinese: false, processId: true, cutter: true },
} as const satisfies Readonly<Record<string, PrinterFacts>>;

export type ModelName = keyof typeof models;
