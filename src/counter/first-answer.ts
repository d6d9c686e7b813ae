import type { FirstAnswer } from "../journal/records.ts";
import { FaultError } from "../model/fault.ts";

/**
 * The same wish gets its first answer, whatever has become of it since.
 * @throws {FaultError} `key-conflict` when the key belongs to another wish.
 */
export function sameAnswer({ bodyHash, answer }: FirstAnswer, asked: string): FirstAnswer["answer"] {
	if (bodyHash === asked) return answer;
	throw new FaultError("key-conflict", `the key belongs to operation ${answer.operationId}, another wish`);
}
