import type { PrinterFacts } from "./pen.ts";

type Model = PrinterFacts & { readonly title: string };

/** Printers as a shop may have them. */
export const models = {
	"58mm": { title: "58 mm clone", dots: 384, chinese: true, processId: false, cutter: false },
	"80mm": { title: "80 mm clone", dots: 576, chinese: true, processId: false, cutter: true },
	"tm-t88v": { title: "Epson TM-T88V", dots: 512, chinese: false, processId: true, cutter: true },
	"tm-t20iii": { title: "Epson TM-T20III", dots: 576, chinese: false, processId: true, cutter: true },
} as const satisfies Readonly<Record<string, Model>>;

export type ModelName = keyof typeof models;
