import { epsonPages } from "./code-pages.ts";

/** Symbols that a printer can draw by itself from their data. */
type OwnSymbol = "barcodes" | "qr" | "pdf417" | "datamatrix";

/** What a printer answers to GS I; null where it stays silent. */
type Identity = {
	readonly maker: string;
	readonly model: string;
	readonly firmware: string;
	readonly serial: string;
} | null;

/** What every printer must be told to be. */
type Build = {
	/** Printable dots in a line. */
	readonly dots: number;
	/** Whether it wakes up expecting two-byte Chinese characters, and does so again after ESC @. */
	readonly chinese: boolean;
	/** Whether it knows GS ( H; without it the parameters come out as text. */
	readonly processId: boolean;
	/** Whether it has a blade; without it the paper is torn off where it should be cut. */
	readonly cutter: boolean;
};

/** In what printers differ besides; what is left out is as on a faithful Epson. */
type Habits = {
	/** Encodings by their numbers for ESC t, as iconv-lite names them. */
	readonly codePages: Readonly<Record<number, string>>;
	/** Bytes that wait at most while it cannot print; then it stops reading. */
	readonly bufferBytes: number;
	/** Requests that it obeys the moment they come (DLE EOT, DLE ENQ, DLE DC4 8, DLE DC4 1). */
	readonly realTime: readonly ("status" | "recover" | "clear" | "drawer")[];
	/** Whether it tells changes unasked (GS a), and whether ESC @ ends that. */
	readonly automaticStatus: boolean;
	readonly forgetsAutomaticStatus: boolean;
	/** Whether it answers GS r, ESC v and ESC u. */
	readonly queuedStatus: boolean;
	/** When those and GS ( H are answered: after all before is on paper, or when they are read from the buffer. */
	readonly answers: "printed" | "parsed";
	/**
	 * What comes of the line in which the paper ended or the cover was opened, and of what waits: the line is printed
	 * again and all goes on (Epson), the rest of the line and all goes on, or everything is forgotten.
	 */
	readonly afterReload: "line-again" | "rest" | "loses";
	readonly identity: Identity;
	readonly symbols: readonly OwnSymbol[];
	/** Dots a QR module has at most. */
	readonly largestModule: number;
	/** Whether it knows GS ( L; without it the bytes come out as text. */
	readonly graphics: boolean;
	/** The only command that moves the blade, or both. */
	readonly cutsBy: "gs-v" | "esc-i" | "both";
	/** Bits of the fourth byte of automatic status that are always set. */
	readonly reservedBits: number;
	/** Whether the paper sensor sees no paper while the cover is open. */
	readonly coverHidesPaper: boolean;
	readonly dotsPerMm: number;
};

/** What a printer is made as. */
export type PrinterFacts = Build & Partial<Habits>;
export type WholeFacts = Build & Habits;

const faithful: Habits = {
	codePages: epsonPages,
	bufferBytes: 65_536,
	realTime: ["status", "recover", "clear", "drawer"],
	automaticStatus: true,
	forgetsAutomaticStatus: false,
	queuedStatus: true,
	answers: "printed",
	afterReload: "line-again",
	identity: { maker: "KASSAD", model: "MOCK-PRINTER", firmware: "1.00", serial: "0000001" },
	symbols: ["barcodes", "qr", "pdf417", "datamatrix"],
	largestModule: 16,
	graphics: true,
	cutsBy: "both",
	reservedBits: 0x0f,
	coverHidesPaper: false,
	dotsPerMm: 8,
};

/** The facts with nothing left out. */
export function wholeFacts(facts: PrinterFacts): WholeFacts {
	return { ...faithful, ...facts };
}
