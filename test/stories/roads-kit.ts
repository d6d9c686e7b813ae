import { scannerDrivers } from "../../drivers/index.ts";
import { hidDescriptors } from "../../hardware-mocks/scanner/hid-descriptors.ts";
import { type HidForm, hidReports } from "../../hardware-mocks/scanner/hid-kinds.ts";
import { typedReports } from "../../hardware-mocks/scanner/keys.ts";
import { ssiBytes } from "../../hardware-mocks/scanner/ssi-packets.ts";
import type { Framing, ScannerDriver } from "../../src/model/device.ts";
import type { Symbology } from "../../src/model/scan.ts";

/** The four symbologies of a card. */
export const cardSymbologies = ["code128", "pdf417", "datamatrix", "qr"] as const;

export type CardSymbology = (typeof cardSymbologies)[number];

/** One way of a code from a scanner to kassad. */
export type Road = {
	/** Family, and what is set otherwise than it comes. */
	readonly name: string;
	readonly driver: ScannerDriver;
	readonly framing: Framing;
	readonly aim: boolean;
	readonly codeIds: ScannerDriver["codeIds"];
	/** Of a HID device. */
	readonly descriptor?: Uint8Array;
	/** What the scanner sends, in the pieces in which it does. */
	readonly sent: (symbology: CardSymbology, text: string) => readonly Uint8Array[];
	/** Whether the scanner says which symbology it was. */
	readonly tells: boolean;
};

const aims: Readonly<Record<CardSymbology, readonly string[]>> = {
	code128: ["]C0", "]C2"],
	pdf417: ["]L0", "]L1", "]L2"],
	datamatrix: ["]d1", "]d4"],
	qr: ["]Q0", "]Q1", "]Q2"],
};

/** Barcode types of Zebra's packets. */
const ssiTypes: Readonly<Record<CardSymbology, number>> = {
	code128: 3,
	pdf417: 0x11,
	datamatrix: 0x1b,
	qr: 0x1c,
};

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

const text = (codes: readonly number[] = []) => String.fromCharCode(...codes);

/** Framings that any serial scanner can be set to. */
const framings: Readonly<Record<string, Framing>> = {
	"STX and ETX": { by: "marks", start: [2], ends: [[3]], settleMs: 0 },
	"CR and a pause": { by: "marks", start: [], ends: [[13], [13, 10]], settleMs: 40 },
	"a pause alone": { by: "silence", gapMs: 50 },
};

function around(framing: Framing, content: string): string {
	if (framing.by !== "marks") return content;
	return `${text(framing.start)}${content}${text(framing.ends[0])}`;
}

function serialRoads(driver: ScannerDriver): Road[] {
	const { id, codeIds } = driver;
	const framed = { "its own framing": driver.framing, ...framings };
	const withAim = Object.entries(framed).flatMap(([words, framing]) =>
		[0, 1, 2].map(
			(nth): Road => ({
				name: `${id}, ${words}, AIM identifier ${nth}`,
				...{ driver, framing, aim: true, codeIds: null, tells: true },
				sent: (symbology, content) => {
					const aim = aims[symbology][nth % aims[symbology].length];
					return [bytes(around(framing, `${aim}${content}`))];
				},
			}),
		),
	);
	const idOf = (symbology: CardSymbology) =>
		Object.entries(codeIds ?? {}).find(([, meaning]) => meaning === symbology)?.[0];
	if (codeIds === null) return withAim;
	const { framing } = driver;
	return [
		...withAim,
		{
			name: `${id}, the vendor's code-ids`,
			...{ driver, framing, aim: false, codeIds, tells: true },
			sent: (symbology, content) => [bytes(around(framing, `${idOf(symbology)}${content}`))],
		},
	];
}

function ssiRoads(driver: ScannerDriver): Road[] {
	const road = (name: string, sent: Road["sent"]): Road => ({
		name: `${driver.id}, ${name}`,
		...{ driver, framing: driver.framing, aim: false, codeIds: null, tells: true, sent },
	});
	const packet = (symbology: CardSymbology, status: number, content: string) =>
		ssiBytes(0xf3, status, Uint8Array.of(ssiTypes[symbology], ...bytes(content)));
	return [
		road("one packet", (symbology, content) => [packet(symbology, 0, content)]),
		road("two packets", (symbology, content) => [
			packet(symbology, 2, content.slice(0, 7)),
			packet(symbology, 0, content.slice(7)),
		]),
		road("a packet that is sent again", (symbology, content) => [
			packet(symbology, 0, content),
			packet(symbology, 1, content),
		]),
	];
}

/** The forms in which the HID families may send. */
const forms: Readonly<Record<string, readonly HidForm[]>> = {
	"honeywell-hid-pos": ["honeywell"],
	"zebra-hid-pos": ["honeywell", "extraByte"],
	"datalogic-hid-pos": ["honeywell", "extraByte"],
	"newland-hid-pos": ["newland"],
	"microscan-hid": ["microscan"],
	"ibm-oem": ["ibm"],
};

function hidRoads(driver: ScannerDriver): Road[] {
	const { framing, aim, codeIds } = driver;
	return (forms[driver.id] ?? []).flatMap((form) => {
		const road: Road = {
			name: `${driver.id}, ${form} reports`,
			...{ driver, framing, aim, codeIds, tells: form !== "newland" && form !== "microscan" },
			sent: (symbology: Symbology, content) => hidReports(form, symbology, content),
		};
		const described = {
			...road,
			name: `${road.name} by the descriptor`,
			descriptor: hidDescriptors[form === "ibm" ? "ibmHandHeld" : form],
		};
		const isFallback = form !== "honeywell" || driver.id === "honeywell-hid-pos";
		return isFallback ? [road, described] : [described];
	});
}

function keyRoads(driver: ScannerDriver): Road[] {
	const { framing, codeIds } = driver;
	const keyboard = framing.by === "keys" ? framing.keyboard : "us";
	const road = (name: string, aim: boolean, more: Parameters<typeof typedReports>[1]): Road => ({
		name: `${driver.id}, ${name}`,
		...{ driver, framing, aim, codeIds, tells: aim },
		sent: (symbology, content) =>
			typedReports(`${aim ? aims[symbology][0] : ""}${content}`, { keyboard, ...more }),
	});
	return [
		road("AIM identifiers", true, {}),
		road("no identifiers", false, {}),
		road("a report id", true, { reportId: 1 }),
		road("three keys at once", true, { atOnce: 3 }),
		road("ALT codes", true, { alt: "ansi" }),
	];
}

const kinds: Readonly<Record<Framing["by"], (driver: ScannerDriver) => Road[]>> = {
	marks: serialRoads,
	silence: serialRoads,
	ssi: ssiRoads,
	"hid-pos": hidRoads,
	"ibm-oem": hidRoads,
	keys: keyRoads,
};

/** Every family of the driver table, in every form that it can be set to. */
export const roads: readonly Road[] = Object.values(scannerDrivers).flatMap((driver) =>
	kinds[driver.framing.by](driver),
);
