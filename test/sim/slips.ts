import type { Started } from "./cashier.ts";
import type { Shopper } from "./plan.ts";
import type { ToldPrint } from "./pos.ts";
import type { World } from "./world.ts";

/** Ms that a cashier waits for a slip at most, and until a printer that was put right has printed what it held. */
const patienceMs = 180_000;
const lookAfterMs = 2_000;

/** Refusals after which nothing is to be pressed any more. */
const known = ["print-not-open", "print-not-found"];

/** Sees to it that the customer gets the slip, in the cashier's own manner. */
export async function careForSlip({ operationId }: Started, shopper: Shopper, world: World): Promise<void> {
	const { time, pos } = world;
	const { state } = await pos.end(operationId);
	if (state !== "settled") return;
	const slip = await Promise.race([pos.slip(operationId), time.pass(patienceMs)]);
	if (slip === undefined) return;
	await time.pass(shopper.slipAfterMs);
	if (slip.state === "printed" && shopper.wantsCopy) await again(slip, world);
	if (slip.state === "printed" || shopper.manner === "nothing") return;
	const isThere = shopper.manner === "looks" && slip.state === "unknown" && (await look(slip, world));
	if (!isThere) await again(slip, world);
}

/** Puts the printers right, gives them time for what they hold, looks, and says what is there. */
async function look(slip: ToldPrint, world: World): Promise<boolean> {
	world.mendPrinters();
	await world.time.pass(lookAfterMs);
	const onPaper = world.isOnPaper(slip.operationId ?? "");
	world.tell(`the cashier looks: print ${slip.printId} is ${onPaper ? "" : "not "}on paper`);
	await insist("print.resolve", { printId: slip.printId, onPaper }, world);
	return onPaper;
}

/** Pressed twice, as keys are. */
async function again({ printId }: ToldPrint, world: World): Promise<void> {
	const params = { key: `print ${printId} again`, printId };
	world.tell(`cashier wants print ${printId} again`);
	await Promise.all([insist("print.again", params, world), insist("print.again", params, world)]);
}

/** Holds the first printer for a while; perhaps takes back what waits for it meanwhile. */
export async function holdPrinter(ms: number, cancels: boolean, world: World): Promise<void> {
	const { time, pos } = world;
	await insist("print.hold", { printer: "receipt" }, world);
	await time.pass(ms);
	const waiting = { states: ["queued"], printer: "receipt" };
	const called = cancels && (await pos.call<{ prints: readonly ToldPrint[] }>("print.list", waiting));
	const prints = called && called.kind === "answer" ? called.result.prints : [];
	for (const { printId } of prints) await insist("print.cancel", { printId }, world);
	await insist("print.release", { printer: "receipt" }, world);
}

/** Asks until kassad answers, over its deaths. What is unfinished is waited for; a refusal is an answer. */
async function insist(method: string, params: object, world: World): Promise<void> {
	const { time, pos } = world;
	for (let tries = 0; tries < 60; tries += 1) {
		const called = await pos.call(method, params);
		if (called.kind === "answer") return;
		if (called.kind === "refusal") {
			world.tell(`kassad refuses ${method}: ${called.fault}`);
			if (known.includes(called.fault) || called.fault !== "print-unfinished") return;
		}
		await time.pass(lookAfterMs);
	}
}
