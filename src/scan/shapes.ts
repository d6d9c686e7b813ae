import type { Symbology } from "../model/scan.ts";
import type { LayoutSettings } from "../model/settings/cards.ts";

/** A brand's card layouts, and the length of the password behind those that can pay. */
export type BrandLayouts = {
	readonly name: string;
	readonly layouts: readonly LayoutSettings[];
	/** Digits of the one-time password. */
	readonly passLength: number;
};

/** A layout with every length fixed: the characters that may stand at each place, and where its parts end. */
export type Shape = {
	readonly brand: string;
	/** For texts: `example, layout 1`. */
	readonly title: string;
	readonly symbologies: readonly Symbology[];
	readonly places: readonly string[];
	readonly prefix: string;
	readonly numberEnd: number;
	/** Where the session ends and the password begins; undefined for an old card. */
	readonly sessionEnd: number | undefined;
};

const digits = "0123456789";
const lettersAndDigits = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;

/** All shapes of a brand, in the order of its layouts. */
export function shapesOf(brand: BrandLayouts): Shape[] {
	return brand.layouts.flatMap((layout, index) => {
		const title = `${brand.name}, layout ${index + 1}`;
		return lengths(layout.number).flatMap((number) =>
			(layout.session === null ? [undefined] : lengths(layout.session)).map((session) =>
				shapeOf(brand, layout, title, number, session),
			),
		);
	});
}

/** Whether a text of the shape's length has an allowed character at every place. */
export function fits(shape: Shape, text: string): boolean {
	return shape.places.every((allowed, index) => allowed.includes(text.charAt(index)));
}

function shapeOf(
	{ name, passLength }: BrandLayouts,
	{ prefix, symbologies }: LayoutSettings,
	title: string,
	number: number,
	session: number | undefined,
): Shape {
	const numberEnd = prefix.length + number;
	const card = [...prefix, ...places(digits, number)];
	const pay =
		session === undefined ? [] : [...places(lettersAndDigits, session), ...places(digits, passLength)];
	return {
		brand: name,
		title,
		symbologies,
		places: [...card, ...pay],
		prefix,
		numberEnd,
		sessionEnd: session === undefined ? undefined : numberEnd + session,
	};
}

function places(allowed: string, length: number): string[] {
	return Array<string>(length).fill(allowed);
}

function lengths({ least, most }: { least: number; most: number }): number[] {
	return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}
