import { afterEach, expect, test } from "vitest";
import { type Scenario, scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { type Stage, setStage } from "../../hardware-mocks/demo/stage.ts";
import { counted, ending, newCustomer, printEvent, show, start } from "./shop.ts";

let stage: Stage;
afterEach(() => stage.strike());

/** Sets the stage and lets a customer pay; resolves when this call has arrived at the server, with its answer held. */
async function payUntil(
	call: "checkout" | "status" | "cancel",
	server: Scenario["server"],
	giveUpMs = 30_000,
) {
	stage = await setStage({ ...scenarios.accepted, server, giveUpMs }, () => undefined);
	const arrival = stage.payApi.arrival(call);
	const operationId = await pay();
	await arrival;
	return operationId;
}

async function pay(): Promise<string> {
	await stage.pos.call("events.subscribe", { since: 0 });
	const customer = newCustomer();
	const { operationId } = await start(stage.pos, customer, await show(stage, customer));
	return operationId;
}

async function killAndRestart(): Promise<void> {
	await stage.daemon.kill();
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
}

async function stateOf(operationId: string) {
	const { state, fault, print } = await stage.pos.call("operation.get", { operationId });
	return { state, ...(fault && { fault }), ...(print && { print: print.state }) };
}

/** Money, paper and journal agree: paid once, printed once. */
async function expectOnce(operationId: string): Promise<void> {
	await ending(stage.pos, operationId);
	await printEvent(stage.pos, operationId);
	expect(await stateOf(operationId)).toEqual({ state: "settled", print: "printed" });
	expect(counted(stage)).toEqual({ transactions: 1, paid: 1, receipts: 1 });
}

test("killed while the checkout's answer is on its way: paid once, printed once", async () => {
	const operationId = await payUntil("checkout", { accept: 1, late: 60_000 });
	await killAndRestart();
	await expectOnce(operationId);
});

test("killed when the checkout had left but was not processed: paid once, printed once", async () => {
	const operationId = await payUntil("checkout", { accept: 1, closeBeforeProcessing: true });
	await killAndRestart();
	await expectOnce(operationId);
});

test("killed while the customer decides: the next run hears the decision", async () => {
	const operationId = await payUntil("status", { accept: 2, on: "status", late: 60_000 });
	await killAndRestart();
	await expectOnce(operationId);
});

test("killed while cancelling: the next run cancels, and no money has moved", async () => {
	const operationId = await payUntil("cancel", { pending: true, on: "cancel", late: 60_000 }, 1_000);
	await killAndRestart();
	await ending(stage.pos, operationId);
	expect(await stateOf(operationId)).toEqual({ state: "refused", fault: "payment-timed-out" });
	expect(counted(stage)).toEqual({ transactions: 1, paid: 0, receipts: 0 });
});

test("killed while the slip is half on paper: the print is unknown, and is not begun again", async () => {
	stage = await setStage({ ...scenarios.accepted, server: { accept: 0 } }, () => undefined);
	stage.printer.paperOut(3);
	const operationId = await pay();
	await ending(stage.pos, operationId);
	const isPrinting = async () => (await stateOf(operationId)).print === "printing";
	for (let printing = false; !printing; ) printing = await isPrinting();
	await killAndRestart();
	const { body } = await printEvent(stage.pos, operationId);
	expect(body).toMatchObject({ state: "unknown", reason: "print-interrupted" });
	// The printer goes on with what it holds, and nothing follows.
	stage.printer.reload();
	const onTheNewRoll = stage.printer.receipts.filter(({ edge }) => edge !== "end");
	expect(onTheNewRoll.length).toBeLessThanOrEqual(1);
	// On both rolls together: its head came out before the end of the old one.
	expect(stage.printer.timesOnPaper("ОПЛАТА КОШЕЛЁК")).toBe(1);
	expect(stage.printer.timesOnPaper("Спасибо за покупку!")).toBeLessThanOrEqual(1);
	expect(await stateOf(operationId)).toEqual({ state: "settled", print: "unknown" });
});
