import { z } from "zod";

export type JsonSchema = { readonly [word: string]: unknown };

/** Schemas that have a name (`meta({ id })`), each said once. */
export type Named = { [id: string]: JsonSchema };

/** Where an OpenRPC document keeps them. */
const shelf = "#/components/schemas/";

/**
 * A schema of ours in the words of JSON Schema, draft 7, which OpenRPC 1.3 speaks: what may be sent, before defaults
 * and conversions.
 * @param named gets the schemas that have a name; in the result stands a reference.
 */
export function jsonSchema(schema: z.ZodType, named: Named): JsonSchema {
	const whole = z.toJSONSchema(schema, {
		io: "input",
		target: "draft-7",
		unrepresentable: "any",
		override: ({ zodSchema, jsonSchema: words }) => {
			if (zodSchema instanceof z.ZodPipe) addWhatFollows(zodSchema, words, named);
			// `date-time` says it; the pattern behind it is longer than all the rest.
			if (words.format === "date-time") delete words.pattern;
			// JSON's own bounds of a whole number say nothing.
			if (words.maximum === Number.MAX_SAFE_INTEGER) delete words.maximum;
			if (words.minimum === Number.MIN_SAFE_INTEGER) delete words.minimum;
		},
	});
	return withoutDefinitions(whole, named);
}

/** What is counted before it is looked at is two schemas in a row; zod tells of the first. */
function addWhatFollows({ out }: z.ZodPipe, words: object, named: Named): void {
	if (out instanceof z.ZodArray || out instanceof z.ZodRecord) {
		for (const [word, value] of Object.entries(jsonSchema(out, named))) {
			Object.assign(words, { [word]: value });
		}
	}
}

/** Moves definitions to where the document keeps them. */
function withoutDefinitions(whole: JsonSchema, named: Named): JsonSchema {
	const { $schema: _, definitions = {}, ...words } = whole;
	for (const [id, schema] of Object.entries(definitions as Named)) {
		named[id] ??= withShelf(schema) as JsonSchema;
	}
	return withShelf(words) as JsonSchema;
}

function withShelf(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withShelf);
	if (typeof value !== "object" || value === null) return value;
	// A name that is optional comes as the only one of several.
	if ("allOf" in value && Object.keys(value).length === 1) {
		const [only, ...more] = value.allOf as readonly unknown[];
		if (more.length === 0) return withShelf(only);
	}
	return Object.fromEntries(
		Object.entries(value).map(([word, inner]) => [word, word === "$ref" ? moved(inner) : withShelf(inner)]),
	);
}

const moved = (reference: unknown) => String(reference).replace("#/definitions/", shelf);
