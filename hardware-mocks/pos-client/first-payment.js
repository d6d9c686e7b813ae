import { connect } from "node:net";

const socket = connect(process.argv[2] ?? "/run/kassad/kassad.sock");
const orderId = `first-${Date.now()}`;
const coffee = { name: "Кофе", article: "1", price: 15000, quantity: 1, totalAmount: 15000, tax: "vat120" };
const sale = { key: `sale-${orderId}`, orderId, totalAmount: 15000, items: [coffee], paymentTypes: ["SBP"] };
let [rest, operationId] = ["", ""];

const ask = (id, method, params) =>
	socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
const end = (code, words) => {
	console.log(words);
	process.exit(code);
};

function hear({ id, error, result, params: { type, body } = {} }) {
	if (error) end(1, `${error.data.cashier.title}. ${error.data.cashier.text}`);
	if (id === 1) console.log("150.00 roubles for a coffee. Show the card.");
	if (id === 2) operationId = result.operationId;
	if (type === "scan" && body.canPay) ask(2, "pay.start", { scanId: body.scanId, ...sale });
	if (operationId === "" || body?.operationId !== operationId) return;
	console.log(`${type}: ${body.state}`);
	if (body.state === "refused") end(1, body.cashier.title);
	if (type === "print" && body.state !== "printing") end(0, `Paid: order ${orderId}`);
}

socket.setEncoding("utf8").on("data", (piece) => {
	const lines = (rest + piece).split("\n");
	rest = lines.pop();
	for (const line of lines) hear(JSON.parse(line));
});
socket.on("error", () => end(1, "kassad does not run")).on("close", () => end(1, "kassad has hung up"));
ask(1, "events.subscribe", {});
