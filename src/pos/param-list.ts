import type { JsonSchema } from "./json-schema.ts";

/** One parameter, as OpenRPC's content descriptor. */
type Param = { readonly name: string; readonly required: boolean; readonly schema: JsonSchema };

/**
 * The parameters of a method by their names. Where one of several shapes may be sent a parameter is required that all of
 * them require; the needed ones come first, as OpenRPC wants it.
 */
export function paramList(schema: JsonSchema): readonly Param[] {
	const shapes = shapesOf(schema);
	const names = new Set(shapes.flatMap((shape) => Object.keys(propertiesOf(shape))));
	const params = [...names].map((name) => ({
		name,
		required: shapes.every((shape) => requiredBy(shape).includes(name)),
		schema: anyOf(shapes.map((shape) => propertiesOf(shape)[name]).filter((one) => one !== undefined)),
	}));
	return params.sort((a, b) => Number(b.required) - Number(a.required));
}

/** Whether such a list says less than the schema. */
export function saysMoreThanList(schema: JsonSchema): boolean {
	return ["anyOf", "oneOf", "dependencies"].some((word) => word in schema);
}

/** Alternatives that are shapes of their own; those that only say what is required are of the one shape. */
function shapesOf(schema: JsonSchema): readonly JsonSchema[] {
	const alternatives = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
	return "properties" in schema || alternatives === undefined ? [schema] : alternatives;
}

const propertiesOf = (shape: JsonSchema) =>
	(shape.properties ?? {}) as { readonly [name: string]: JsonSchema };

const requiredBy = (shape: JsonSchema) => (shape.required ?? []) as readonly string[];

function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
	const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
	const [only] = different;
	return different.length === 1 && only !== undefined ? only : { anyOf: different };
}
