import { bixolonPages, citizenPages, pos5890Pages, rongtaPages, xprinterPages } from "./code-pages.ts";
import type { PrinterFacts } from "./facts.ts";

type Model = PrinterFacts & { readonly title: string };

const epson = { chinese: false, processId: true, cutter: true } as const;

/** What a faithful printer of another maker has otherwise than an Epson. */
const otherMaker = { ...epson, processId: false, reservedBits: 0 } as const;

/** What cheap Chinese printers have in common. */
const clone = {
	chinese: true,
	processId: false,
	forgetsAutomaticStatus: true,
	largestModule: 8,
	graphics: false,
	reservedBits: 0,
} as const;

const cheap = {
	...clone,
	dots: 384,
	cutter: false,
	codePages: pos5890Pages,
	bufferBytes: 512,
	realTime: [],
	automaticStatus: false,
	queuedStatus: false,
	identity: null,
	afterReload: "loses",
} as const;

const identity = (maker: string, model: string) => ({ maker, model, firmware: "1.04", serial: "X7QL000042" });

/** Printers as a shop may have them. */
export const models = {
	"tm-t20iii": {
		...epson,
		title: "Epson TM-T20III",
		dots: 576,
		bufferBytes: 4_096,
		symbols: ["barcodes", "qr", "pdf417"],
		identity: identity("EPSON", "TM-T20III"),
	},
	"tm-t88v": {
		...epson,
		title: "Epson TM-T88V",
		dots: 512,
		dotsPerMm: 180 / 25.4,
		bufferBytes: 4_096,
		symbols: ["barcodes", "qr", "pdf417"],
		coverHidesPaper: true,
		identity: identity("EPSON", "TM-T88V"),
	},
	"tm-m30iii": {
		...epson,
		title: "Epson TM-m30III",
		dots: 576,
		identity: identity("EPSON", "TM-m30III"),
	},
	bixolon: {
		...otherMaker,
		title: "Bixolon SRP-350III",
		dots: 512,
		dotsPerMm: 180 / 25.4,
		codePages: bixolonPages,
		symbols: ["barcodes", "qr", "pdf417"],
		afterReload: "rest",
		identity: identity("BIXOLON", "SRP-350III"),
	},
	citizen: {
		...otherMaker,
		title: "Citizen CT-S310II",
		dots: 576,
		codePages: citizenPages,
		bufferBytes: 4_096,
		symbols: ["barcodes", "qr", "pdf417"],
		afterReload: "rest",
		identity: identity("CITIZEN", "CT-S310II"),
	},
	rongta: {
		...clone,
		title: "Rongta RP326",
		dots: 576,
		cutter: true,
		codePages: rongtaPages,
		symbols: ["barcodes", "qr"],
		afterReload: "rest",
		identity: identity("RONGTA", "RP326"),
	},
	q583p: {
		...clone,
		title: "Dapper-Geyi Q583P",
		dots: 576,
		cutter: true,
		cutsBy: "esc-i",
		codePages: rongtaPages,
		symbols: ["barcodes"],
		afterReload: "rest",
		identity: null,
	},
	"80mm": {
		...clone,
		title: "80 mm clone (as Xprinter)",
		dots: 576,
		cutter: true,
		codePages: xprinterPages,
		bufferBytes: 8_192,
		symbols: ["barcodes", "qr", "pdf417"],
		coverHidesPaper: true,
		afterReload: "rest",
		identity: identity("EPSON", "TM-T88"),
	},
	"80mm-hasty": {
		...clone,
		title: "80 mm clone that says done when it has only read",
		dots: 576,
		cutter: true,
		codePages: xprinterPages,
		bufferBytes: 1_024,
		symbols: ["barcodes", "qr"],
		answers: "parsed",
		afterReload: "loses",
		identity: identity("POS", "POS-80"),
	},
	"58mm": { ...cheap, title: "58 mm clone (as POS-5890)", symbols: ["barcodes", "qr"] },
	"58mm-bare": { ...cheap, title: "58 mm clone without QR codes", symbols: ["barcodes"] },
} as const satisfies Readonly<Record<string, Model>>;

export type ModelName = keyof typeof models;
