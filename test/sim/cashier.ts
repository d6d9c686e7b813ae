import type { Press, Shopper } from "./plan.ts";
import type { Called } from "./pos.ts";
import { careForSlip } from "./slips.ts";
import { invoiceOf, partsOf, wishOf } from "./wishes.ts";
import type { World } from "./world.ts";

export type Started = { readonly operationId: string };

/** Ms between a refusal that passes and the cashier's next try, and how often they try. */
const patienceMs = 2_000;
const mostTries = 60;

/** Refusals after which a cashier scans the card again. */
const scanAgain: ReadonlySet<string> = new Set(["scan-gone", "scan-used"]);
/** Refusals after which they wait and press again. */
const passing: ReadonlySet<string> = new Set(["till-busy", "order-unresolved", "refund-already-running"]);

/** Serves one shopper to the end: the payment and whatever else the plan wants pressed. */
export async function serve(shopper: Shopper, world: World): Promise<void> {
	const { time, pos } = world;
	await time.pass(shopper.comesAt);
	const paying = await pay(shopper, world);
	if (paying === undefined) return;
	const presses = shopper.presses.map((press, index) => act(press, index, shopper, paying, world));
	await Promise.all([pos.end(paying.operationId), careForSlip(paying, shopper, world), ...presses]);
}

async function pay(shopper: Shopper, world: World): Promise<Started | undefined> {
	const { time, pos } = world;
	const wish = wishOf(shopper);
	let scanId = await world.showCard(shopper);
	if (shopper.asksProviders) await pos.call("pay.providers", { scanId, ...wish });
	for (let tries = 0; tries < mostTries; tries += 1) {
		const params = { key: `pay ${shopper.name}`, scanId, ...wish };
		world.tell(`cashier presses pay for ${wish.orderId}`);
		const [called] = await Promise.all([
			pos.call<Started>("pay.start", params),
			shopper.paysTwice ? pos.call<Started>("pay.start", params) : undefined,
		]);
		const started = await known(called, params.key, world);
		if (started !== undefined) return started;
		if (called.kind === "refusal") world.tell(`kassad refuses: ${called.fault}`);
		if (called.kind === "refusal" && passing.has(called.fault)) await time.pass(patienceMs);
		else if (called.kind === "refusal" && !scanAgain.has(called.fault)) return undefined;
		scanId = await world.showCard(shopper);
	}
	return undefined;
}

/** After a run that ended before its answer the POS asks what has become of its key. */
async function known(called: Called<Started>, key: string, world: World): Promise<Started | undefined> {
	if (called.kind === "answer") return called.result;
	if (called.kind === "refusal") return undefined;
	const found = await world.pos.call<Started>("operation.get", { key });
	return known(found, key, world);
}

async function act(press: Press, index: number, shopper: Shopper, paying: Started, world: World) {
	const { time, pos } = world;
	if (press.wish === "cancel") {
		await time.pass(press.atMs);
		const params = { operationId: paying.operationId, by: press.by };
		world.tell(`${press.by} wants ${shopper.name}'s payment cancelled`);
		await Promise.all([pos.call("pay.cancel", params), press.twice && pos.call("pay.cancel", params)]);
		return;
	}
	if ((await pos.end(paying.operationId)).state !== "settled") return;
	await time.pass(press.atMs);
	const params = { key: `${press.wish} ${index} ${shopper.name}`, operationId: paying.operationId };
	const invoice = { ...params, invoice: invoiceOf(shopper) };
	const begun =
		press.wish === "receipt"
			? await wish("receipt.send", invoice, press, world)
			: await wish("refund.start", { ...params, ...partsOf(press) }, press, world);
	if (begun === undefined) return;
	await pos.end(begun.operationId);
	if (press.wish === "refund") await careForSlip(begun, shopper, world);
}

/** Presses until kassad has taken the wish or refuses it for good. */
async function wish(
	method: string,
	params: { readonly key: string; readonly [name: string]: unknown },
	{ twice }: { twice: boolean },
	world: World,
) {
	const { time, pos } = world;
	for (let tries = 0; tries < mostTries; tries += 1) {
		world.tell(`cashier presses ${method}, ${params.key}`);
		const [called] = await Promise.all([
			pos.call<Started>(method, params),
			twice ? pos.call<Started>(method, params) : undefined,
		]);
		const started = await known(called, params.key, world);
		if (started !== undefined) return started;
		if (called.kind === "refusal" && !passing.has(called.fault)) {
			world.tell(`kassad refuses: ${called.fault}`);
			return undefined;
		}
		await time.pass(patienceMs);
	}
	return undefined;
}
