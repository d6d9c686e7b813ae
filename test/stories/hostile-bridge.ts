import { createInterface } from "node:readline";

/*
 * A wrapper that has gone bad. It takes `init`, so that it is asked; what it says of a card, by the card's last
 * digit, no library would say: another card's word, what is nobody's, deep JSON, a digit in a code, a line without
 * an end. Its tokens would add a header of their own.
 */
const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
const canPay = '"resultCode":"CARDSESSION_AVAILABLE","totpCodeValid":true';
const words: readonly ((id: number) => string)[] = [
	(id) => `{"id":${id},"result":{${canPay},"cardNumber":"0000000000000","cardSession":"000000"}}\n`,
	(id) => `{"id":${id},"result":{"__proto__":{${canPay}}}}\n`,
	(id) => `{"id":${id},"result":${deep}}\n`,
	(id) => `{"id":${id},"error":{"code":"CARD_8067305918246"}}\n`,
	(id) => `{"id":1e999,"result":{}}\n\xff\xfe{"id":${id},"result":{}}\n{"id":${id},"result":{${canPay}}}\n`,
	() => "7".repeat(10_000_000),
];

for await (const line of createInterface({ input: process.stdin })) {
	const { id, method, params } = JSON.parse(line);
	if (method === "init") say(`{"id":${id},"result":{}}\n`);
	else if (method === "getToken") say(`{"id":${id},"result":{"token":"x\\r\\nauthorization: Basic QQ=="}}\n`);
	else say(words[Number(params.fullBarcode[14]) % words.length]?.(id) ?? "");
}

function say(text: string): void {
	process.stdout.write(Buffer.from(text, "latin1"));
}
