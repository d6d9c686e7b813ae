import { type FaultCode, faults } from "../model/fault.ts";
import { descriptions } from "./describe-methods.ts";
import type { MethodDescription } from "./description.ts";
import { errorCode } from "./errors.ts";
import { type JsonSchema, jsonSchema, type Named } from "./json-schema.ts";
import { notifications } from "./notifications.ts";
import { paramList, saysMoreThanList } from "./param-list.ts";
import { rpcCodes } from "./rpc.ts";
import { errorData } from "./told.ts";

const about =
	"JSON-RPC 2.0, one message per line (UTF-8, LF), parameters by name. Money is whole kopecks, times are ISO 8601. " +
	"x-notifications has what is said unasked. x-faults has every fault: the code of its error, whether money has moved, " +
	"who can act, and what may follow; x-error-data is what comes with an error. " +
	"Answers and events may get new fields: leave alone what you do not know.";

let built: JsonSchema | undefined;

/** The socket in the words of OpenRPC 1.3 (https://spec.open-rpc.org), from the schemas that validate. */
export function openRpcDocument(): JsonSchema {
	built ??= build();
	return built;
}

function build(): JsonSchema {
	const named: Named = {};
	return {
		openrpc: "1.3.2",
		info: { title: "kassad", version: "1.0.0", description: about },
		methods: Object.entries(descriptions).map(([name, method]) => methodOf(name, method, named)),
		"x-notifications": Object.entries(notifications).map(([name, { summary, params }]) => {
			return { name, summary, params: jsonSchema(params, named) };
		}),
		"x-error-data": jsonSchema(errorData, named),
		"x-faults": Object.fromEntries(Object.entries(faults).map(([code, row]) => [code, faultOf(code, row)])),
		components: { schemas: named, errors },
	};
}

function methodOf(name: string, method: MethodDescription, named: Named): JsonSchema {
	const { summary, faults, example } = method;
	const schema = jsonSchema(method.params, named);
	return {
		...{ name, summary, paramStructure: "by-name", params: paramList(schema) },
		...(saysMoreThanList(schema) && { "x-params-schema": schema }),
		result: { name: "result", schema: jsonSchema(method.result, named) },
		errors: [
			...["requestInvalid", "internalFailure"].map((error) => ({ $ref: `#/components/errors/${error}` })),
			...(faults.length > 0 ? [{ code: tillRefuses, message: "The till refuses.", data: { faults } }] : []),
		],
		examples: [
			{
				name: `${name} example`,
				params: Object.entries(example.params).map(([param, value]) => ({ name: param, value })),
				result: { name: "result", value: example.result },
			},
		],
	};
}

const tillRefuses = errorCode("till-busy");

/** OpenRPC wants each code once in a method; those of the till's own faults are one. */
const errors = {
	parseError: { code: rpcCodes.parseError, message: "The line is not JSON in UTF-8." },
	invalidRequest: { code: rpcCodes.invalidRequest, message: "The line is not a request." },
	requestInvalid: { code: errorCode("request-invalid"), message: "The parameters do not fit." },
	internalFailure: { code: errorCode("internal-failure"), message: "A failure that kassad has no name for." },
};

function faultOf(code: string, { moneyMoved, acts, next }: (typeof faults)[FaultCode]) {
	return { code: errorCode(code as FaultCode), moneyMoved, acts, next };
}
