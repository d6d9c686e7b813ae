import fc from "fast-check";
import { against, described, type OpenRpc } from "../pos/described.ts";

/** Parameters that a method does not take, as the socket's own document says. */
export type Wrong = { readonly method: string; readonly params: unknown };

type Facts = { readonly [name: string]: unknown };

/** So many tries of each method. */
const triesOfEach = 25;

/** Wrong parameters for every method, always the same ones. */
export function wrongParams(document: OpenRpc): readonly Wrong[] {
	const { params: fitting } = described(document);
	return document.methods.flatMap(({ name, examples }) => {
		const [example] = examples;
		const right = Object.fromEntries((example?.params ?? []).map((param) => [param.name, param.value]));
		const isWrong = (params: unknown) => against(fitting.get(name), params) !== undefined;
		return fc
			.sample(oddVersionOf(right).map(asSent).filter(isWrong), { numRuns: triesOfEach, seed: 7 })
			.map((params) => ({ method: name, params }));
	});
}

/** As it arrives: JSON has no undefined. */
const asSent = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

/** No object; the right one with a name too many; or with something inside it gone or turned into something else. */
function oddVersionOf(right: Facts): fc.Arbitrary<unknown> {
	const names = fc.constantFrom("__proto__", "constructor", "toString", "extra", "");
	return fc.oneof(
		odd,
		fc.tuple(names, odd).map(([name, value]) => withOne(right, name, value)),
		fc.tuple(placeIn(right), odd).map(([place, value]) => replaced(right, place, value)),
		placeIn(right).map((place) => replaced(right, place, undefined)),
	);
}

/** An own property, also where JavaScript would set a prototype. */
function withOne(right: Facts, name: string, value: unknown): unknown {
	return JSON.parse(
		`{${JSON.stringify(name)}:${JSON.stringify(value)},${JSON.stringify(right).slice(1)}`.replace(
			/,\}$/,
			"}",
		),
	);
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom(
		...[null, true, -1, 0.5, 1e300, Number.MAX_SAFE_INTEGER, "", "\u0000", "\ud800", " ", "9".repeat(2_000)],
		...[[], {}, [[]], [null], { length: 1 }, "2026-02-31T25:61:00Z", "1; DROP TABLE operations"],
	),
	fc.jsonValue({ maxDepth: 4 }),
);

type Place = readonly (string | number)[];

/** Any place inside a value. */
function placeIn(value: unknown): fc.Arbitrary<Place> {
	const all = placesIn(value);
	return all.length === 0 ? fc.constant([]) : fc.constantFrom(...all);
}

function placesIn(value: unknown): readonly Place[] {
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => [
		[name],
		...placesIn(inner).map((place) => [name, ...place]),
	]);
}

function replaced(value: unknown, [name, ...rest]: Place, by: unknown): unknown {
	if (name === undefined) return by;
	if (Array.isArray(value))
		return value.map((inner, index) => (`${index}` === name ? replaced(inner, rest, by) : inner));
	const whole = value as Facts;
	return { ...whole, [name]: replaced(whole[name], rest, by) };
}
