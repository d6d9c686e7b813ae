import { FaultError } from "../model/fault.ts";

/** What was answered when a key came for the first time, and a hash of the wish. */
type FirstAnswer<Answer> = { readonly bodyHash: string; readonly answer: Answer };

/**
 * The same wish gets its first answer, whatever has become of it since.
 * @throws {FaultError} `key-conflict` when the key belongs to another wish.
 */
export function sameAnswer<Answer extends { readonly operationId: string } | { readonly printId: number }>(
	{ bodyHash, answer }: FirstAnswer<Answer>,
	asked: string,
): Answer {
	if (bodyHash === asked) return answer;
	const bearer = "operationId" in answer ? `operation ${answer.operationId}` : `print ${answer.printId}`;
	throw new FaultError("key-conflict", `the key belongs to ${bearer}, another wish`);
}
