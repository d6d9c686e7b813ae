import { FaultError } from "../model/fault.ts";
import type { CardParts, Symbology } from "../model/scan.ts";
import { Secret } from "../model/secret.ts";
import { type BrandLayouts, fits, type Shape, shapesOf } from "./shapes.ts";

/** A card without a session and a password: it is known, and cannot pay. */
type OldCard = { readonly brand: string; readonly cardNumber: Secret };

/** The cards of all brands by the length of their barcode, in the order of the settings. */
export type Layouts = ReadonlyMap<number, readonly Shape[]>;

/**
 * Prepares the card layouts of all brands.
 * @throws {FaultError} `config-invalid` when one barcode could be read in two ways.
 */
export function compileLayouts(brands: readonly BrandLayouts[]): Layouts {
	const layouts = Map.groupBy(brands.flatMap(shapesOf), ({ places }) => places.length);
	for (const [length, shapes] of layouts) {
		for (const [index, shape] of shapes.entries()) {
			const other = shapes.slice(0, index).find((earlier) => overlap(earlier, shape));
			if (other !== undefined) throw ambiguous(other, shape, length);
		}
	}
	return layouts;
}

/**
 * Takes a card's barcode apart; undefined when it is no card of these brands.
 *
 * A scanner that does not tell the symbology (`unknown`) may have read any, so every layout is tried. Layouts that
 * differ in their symbologies alone are then taken in the order of the settings.
 */
export function splitCard(
	layouts: Layouts,
	symbology: Symbology,
	content: Uint8Array,
): CardParts | OldCard | undefined {
	// Latin-1 makes one character of every byte, and no layout allows one that is not printable ASCII.
	const text = Buffer.from(content).toString("latin1");
	const shape = layouts
		.get(content.length)
		?.find(
			(shape) => (symbology === "unknown" || shape.symbologies.includes(symbology)) && fits(shape, text),
		);
	if (shape === undefined) return undefined;
	const { brand, prefix, numberEnd, sessionEnd } = shape;
	const cardNumber = new Secret(text.slice(prefix.length, numberEnd));
	if (sessionEnd === undefined) return { brand, cardNumber };
	const cardSession = new Secret(text.slice(numberEnd, sessionEnd));
	return { brand, prefix, cardNumber, cardSession, password: new Secret(text.slice(sessionEnd)) };
}

/** Whether one barcode could be of both shapes, which are of one length. */
function overlap(one: Shape, other: Shape): boolean {
	return (
		one.symbologies.some((symbology) => other.symbologies.includes(symbology)) &&
		one.places.every((allowed, index) =>
			[...allowed].some((character) => other.places[index]?.includes(character)),
		)
	);
}

function ambiguous(one: Shape, other: Shape, length: number): FaultError {
	return new FaultError(
		"config-invalid",
		`a barcode of ${length} characters could be of "${one.title}" or of "${other.title}": ` +
			"make their prefixes, lengths or symbologies differ",
	);
}
