import * as openRpc from "@open-rpc/meta-schema";
import { Ajv, type ValidateFunction } from "ajv";

type Schema = { readonly [word: string]: unknown };
type Param = { readonly name: string; readonly required: boolean; readonly schema: Schema };
type Example = { readonly name: string; readonly value: unknown };

export type OpenRpc = {
	readonly methods: readonly {
		readonly name: string;
		readonly params: readonly Param[];
		readonly "x-params-schema"?: Schema;
		readonly result: { readonly schema: Schema };
		readonly errors: readonly { readonly code?: number; readonly data?: { readonly faults: string[] } }[];
		readonly examples: readonly { readonly params: readonly Example[]; readonly result: Example }[];
	}[];
	readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
	readonly "x-notifications": readonly { readonly name: string; readonly params: Schema }[];
	readonly "x-error-data": Schema;
	readonly "x-faults": Readonly<Record<string, object>>;
};

/** ISO 8601 with an offset, as JSON Schema means it. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const options = { strict: false, logger: false, formats: { "date-time": dateTime } } as const;

/** What a document says, as a client of another language would read it: by JSON Schema alone. */
export function described(document: OpenRpc) {
	const { components } = document;
	const compiled = (schema: Schema) => new Ajv(options).compile({ ...schema, components });
	return {
		params: allOf(document.methods, (method) => compiled(method["x-params-schema"] ?? listed(method.params))),
		result: allOf(document.methods, ({ result }) => compiled(result.schema)),
		unasked: allOf(document["x-notifications"], ({ params }) => compiled(params)),
		errorData: compiled(document["x-error-data"]),
	};
}

/** What a schema has against a value; undefined when it fits. */
export function against(fits: ValidateFunction | undefined, value: unknown): string | undefined {
	if (fits === undefined) return "there is no such schema";
	return fits(value) ? undefined : JSON.stringify({ value, errors: fits.errors });
}

/** What OpenRPC's own schema has against a document. It leans on a copy of draft 7 under a name of its own. */
export function againstOpenRpc(document: object): string | undefined {
	const ajv = new Ajv(options);
	// OpenRPC's schema names it in two ways.
	for (const name of ["https://meta.json-schema.tools", "https://meta.json-schema.tools/"]) {
		ajv.addSchema(
			{
				anyOf: [{ type: "boolean" }, { $ref: "http://json-schema.org/draft-07/schema#" }],
				definitions: { JSONSchemaObject: { properties: { $ref: { type: "string" } } } },
			},
			name,
		);
	}
	// Its types tell of documents only, not of the schema that the package is.
	const { openrpcDocument } = openRpc as unknown as { readonly openrpcDocument: Schema };
	const { $schema: _, ...schema } = openrpcDocument;
	return against(ajv.compile(schema), document);
}

function listed(params: readonly Param[]): Schema {
	return {
		type: "object",
		properties: Object.fromEntries(params.map(({ name, schema }) => [name, schema])),
		required: params.filter(({ required }) => required).map(({ name }) => name),
		additionalProperties: false,
	};
}

function allOf<Named extends { readonly name: string }>(
	all: readonly Named[],
	compiled: (one: Named) => ValidateFunction,
): ReadonlyMap<string, ValidateFunction> {
	return new Map(all.map((one) => [one.name, compiled(one)]));
}
