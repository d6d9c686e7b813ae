import { expect, test } from "vitest";
import { faults } from "../../src/model/fault.ts";
import { openRpcDocument } from "../../src/pos/open-rpc.ts";
import { memoryFeed, openCounter, rawClient } from "./counter.ts";
import { against, againstOpenRpc, described, type OpenRpc } from "./described.ts";

const document = openRpcDocument() as OpenRpc;
const by = described(document);
const { methods } = document;

const exampleOf = (name: string) =>
	methods.find((method) => method.name === name)?.examples[0] ?? { params: [], result: { value: {} } };
const paramsOf = (name: string): Record<string, unknown> =>
	Object.fromEntries(exampleOf(name).params.map(({ name, value }) => [name, value]));

/** A request with an example's parameters, and many that are wrong in one thing. */
function variants(name: string): readonly object[] {
	const params = paramsOf(name);
	const documented = methods.find((method) => method.name === name)?.params.map((param) => param.name) ?? [];
	const wrong = [null, -1, 0.5, "", "x".repeat(2_000), [], {}, [null], "\u0007", 10_000_000_000, true];
	return [
		params,
		{},
		{ ...params, strange: 1 },
		...Object.keys(params).map((left) => ({ ...params, [left]: undefined })),
		...documented.flatMap((one) => wrong.map((value) => ({ ...params, [one]: value }))),
		...["operationId", "orderId", "transactionId", "key"].map((more) => ({ [more]: "more", ...params })),
		{ ...params, purchase: { orderId: "17", totalAmount: 1, items: paramsOf("pay.start").items } },
		...(Array.isArray(params.items) ? inside(params, "items") : []),
		...(Array.isArray(params.parts) ? inside(params, "parts") : []),
	].map((variant) => JSON.parse(JSON.stringify(variant)));
}

/** The same for the first element of a list. */
function inside(params: Record<string, unknown>, list: string): readonly object[] {
	const [first] = params[list] as readonly object[];
	const fields = [...Object.keys(first ?? {}), "strange"];
	return fields.flatMap((field) => [
		{ ...params, [list]: [{ ...first, [field]: undefined }] },
		{ ...params, [list]: [{ ...first, [field]: -1 }] },
	]);
}

/** A socket over a till that obliges, and whose events have numbers beyond any that a test asks for. */
async function openDescribed() {
	const feed = { ...memoryFeed(), lastSeq: () => Number.MAX_SAFE_INTEGER, since: () => [] };
	const { path } = await openCounter({}, { mostUnreadBytes: 262_144 }, feed);
	return rawClient(path);
}

test("the document is OpenRPC, and a client with the least room for answers gets it whole", async () => {
	expect(againstOpenRpc(document)).toBeUndefined();
	const client = await openDescribed();
	client.ask(1, "rpc.discover", {});
	expect((await client.next()).result).toEqual(JSON.parse(JSON.stringify(document)));
});

test("a document that is not OpenRPC would be found", () => {
	expect(againstOpenRpc({ ...document, methods: [{ summary: "without a name" }] })).toBeDefined();
});

test("every method that is served is in the document, and the other way round", async () => {
	const client = await openDescribed();
	client.ask(1, "nonsense", {});
	const { error } = await client.next();
	const served = `${error?.data.detail}`.replace("the methods are ", "").split(", ");
	expect(methods.map(({ name }) => name).sort()).toEqual(served.sort());
});

test.each(methods.map(({ name }) => name))("the example of %s fits, request and answer", (name) => {
	expect(against(by.params.get(name), paramsOf(name))).toBeUndefined();
	expect(against(by.result.get(name), exampleOf(name).result.value)).toBeUndefined();
});

test.each(methods.map(({ name }) => name))(
	"what the document says of the parameters of %s is what the socket takes, and no more",
	async (name) => {
		const client = await openDescribed();
		for (const params of variants(name)) {
			client.ask(1, name, params);
			const answer = await client.next();
			const taken = answer.error?.data.fault !== "request-invalid";
			expect([params, against(by.params.get(name), params) === undefined]).toEqual([params, taken]);
		}
	},
);

test.each(methods.map(({ name }) => name))("the faults of %s are in the table", async (name) => {
	const { errors = [] } = methods.find((method) => method.name === name) ?? {};
	expect(errors.flatMap(({ data }) => data?.faults ?? []).filter((fault) => !(fault in faults))).toEqual([]);
	const codes = errors.flatMap(({ code }) => code ?? []);
	expect(new Set(codes).size).toBe(codes.length);
});

test("the document has the whole fault table: the error's code, the money, who acts and what may follow", async () => {
	expect(Object.keys(document["x-faults"])).toEqual(Object.keys(faults));
	expect(document["x-faults"]["order-already-paid"]).toEqual({
		...{ code: -32_000, moneyMoved: "yes", acts: "cashier", next: "ask" },
	});
	expect(document["x-faults"]["request-invalid"]).toMatchObject({ code: -32_602, acts: "technician" });
	const client = await openDescribed();
	client.ask(1, "scan.take", {});
	expect(against(by.errorData, (await client.next()).error?.data)).toBeUndefined();
});
