import { isKopecks, type Kopecks } from "../model/money.ts";
import { isSecretName } from "../model/secret.ts";
import { type Slip, slipFields } from "../model/slip.ts";

const documented: ReadonlySet<string> = new Set(slipFields);

/**
 * The slip in an answer (cm_pay_api 1.2.1, object `slip`), however incomplete: the vendor's own examples leave
 * required fields out. What is not documented, or not of the documented type, is kept among the unlisted; but
 * nothing under the name of a secret, for a slip is printed, reported and told to everybody.
 * @returns undefined when there is no fact in it.
 */
export function readSlip(json: unknown): Slip | undefined {
	if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
	const facts = Object.entries(withoutSecrets(json)).filter(([, value]) => value !== null);
	if (facts.length === 0) return undefined;
	const listed = facts.filter(([field, value]) => isListed(field, value));
	const unlisted = facts.filter(([field, value]) => !isListed(field, value));
	return { ...Object.fromEntries(listed), unlisted: Object.fromEntries(unlisted) };
}

/** What kassad itself knows of a payment or a refund, and a slip should say, too. */
export type OwnFacts = {
	readonly totalAmount?: Kopecks;
	readonly orderId: string;
	readonly paymentTransactionId: string;
	readonly refundTransactionId?: string;
};

/** The fields by which a slip is about another payment or refund. One that it leaves out says nothing. */
export function strangeFields(slip: Slip, own: OwnFacts): readonly (keyof OwnFacts)[] {
	const isOwn = (field: keyof OwnFacts) =>
		slip[field] === undefined || same(slip[field]) === same(own[field]);
	return (Object.keys(own) as (keyof OwnFacts)[]).filter((field) => !isOwn(field));
}

/** GUIDs are the same in capital and small letters, and no shop has two orders that differ by those alone. */
function same(value: string | number | undefined): string | number | undefined {
	return typeof value === "string" ? value.toLowerCase() : value;
}

/** Also what stands deeper; an answer of the server's is not nested without end. */
function withoutSecrets<T>(json: T): T;
function withoutSecrets(json: unknown): unknown {
	if (typeof json !== "object" || json === null) return json;
	if (Array.isArray(json)) return json.map(withoutSecrets);
	const fields = Object.entries(json);
	return Object.fromEntries(
		fields.map(([name, value]) => [name, isSecretName(name) ? "[hidden]" : withoutSecrets(value)]),
	);
}

function isListed(field: string, value: unknown): boolean {
	if (!documented.has(field)) return false;
	return field === "totalAmount" ? isKopecks(value) : typeof value === "string";
}
