import type { z } from "zod";
import type { FaultCode } from "../model/fault.ts";

/** What a POS developer reads of one method. */
export type MethodDescription = {
	/** At most 58 characters: it stands in the help beside the name. */
	readonly summary: string;
	/** The schema that also validates. */
	readonly params: z.ZodType;
	readonly result: z.ZodType;
	/** Of its own: any request may also meet those of the socket. */
	readonly faults: readonly FaultCode[];
	/** A request, and an answer that it may have. */
	readonly example: { readonly params: object; readonly result: object };
};

/** A schema for every field of a view: a field that is added to the view has to be told of. */
export type FieldsOf<View> = { readonly [Field in keyof View]-?: z.ZodType };
