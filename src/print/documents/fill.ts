import { clean } from "./clean.ts";

/** Values by the names of their holes. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** Whether nothing would be seen of a value. */
export function isEmpty(value: string | undefined): value is undefined {
	return value === undefined || clean(value) === "";
}

/**
 * A template's text with its holes filled, or undefined when it has holes and all are empty. Values are put in once:
 * braces in them are braces.
 */
export function fill(template: string, values: Texts): string | undefined {
	return filled(template, values, clean);
}

/** The same for a symbol, whose content must not be changed by a character. */
export function fillExactly(template: string, values: Texts): string | undefined {
	return filled(template, values, (value) => value);
}

function filled(template: string, values: Texts, written: (value: string) => string): string | undefined {
	const holes = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => holeOf(values, name));
	if (holes.length > 0 && holes.every(isEmpty)) return undefined;
	return template.replace(/\{(\w+)\}/g, (_, name) => written(holeOf(values, name) ?? ""));
}

function holeOf(values: Texts, name: string): string | undefined {
	return Object.hasOwn(values, name) ? values[name] : undefined;
}
